"""HPKE (RFC 9180) in suite 1: base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.

The library does the work; here are only the choice of the suite and the raw form of public keys (65 bytes, base64url).
In the service the browsers seal. The server seals and opens in the talk without JavaScript alone, and tests do.
"""

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

# Some libraries take compressed and hybrid points too; the context that is bound to the key wants one form.
_POINT_BYTES = 65
_UNCOMPRESSED = b"\x04"
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True, repr=False)
class KeyPair:
    """A recipient's keys. Without a repr: a private key never lands in a log by way of an f-string."""

    private: ec.EllipticCurvePrivateKey
    public: bytes
    """65 bytes: 0x04 and the two coordinates."""


def new_key_pair() -> KeyPair:
    """Return a fresh pair."""
    return key_pair_of(ec.generate_private_key(ec.SECP256R1()))


def key_pair_of(private: ec.EllipticCurvePrivateKey) -> KeyPair:
    """Return the pair that belongs to a private key."""
    raw = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return KeyPair(private, raw)


def seal(plaintext: bytes, public: bytes, info: bytes) -> bytes | None:
    """Return encapsulation (65 bytes) and ciphertext, or None if `public` is no uncompressed point of the curve."""
    if len(public) != _POINT_BYTES or not public.startswith(_UNCOMPRESSED):
        return None
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    except ValueError:
        return None
    return SUITE.encrypt(plaintext, key, info)


def open_sealed(sealed: bytes, private: ec.EllipticCurvePrivateKey, info: bytes) -> bytes | None:
    """Return the plaintext, or None if this wasn't sealed to this key with this `info`."""
    try:
        return SUITE.decrypt(sealed, private, info)
    except (InvalidTag, ValueError):
        return None
