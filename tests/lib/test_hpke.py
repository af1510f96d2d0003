"""RFC 9180's own vector for our suite, and the edges of the thin layer above the library."""

from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.bindings._rust import openssl as library
from cryptography.hazmat.primitives.asymmetric import ec

from suoja.lib import hpke

GOLDEN = Path(__file__).parent.parent / "golden" / "crypto"


class Encryption(msgspec.Struct, frozen=True):
    aad: str
    ct: str
    pt: str


class Vector(msgspec.Struct, frozen=True, rename={"private": "skRm", "public": "pkRm"}):
    info: str
    private: str
    public: str
    enc: str
    encryptions: list[Encryption]


RFC = msgspec.json.decode((GOLDEN / "rfc9180.json").read_bytes(), type=Vector)


def test_the_rfc_s_ciphertext_opens() -> None:
    pair = hpke.key_pair_of(ec.derive_private_key(int(RFC.private, 16), ec.SECP256R1()))
    assert pair.public.hex() == RFC.public
    first = RFC.encryptions[0]
    sealed = bytes.fromhex(RFC.enc + first.ct)
    # The RFC's vectors have additional data, which our envelopes don't use and the library's public door lacks.
    opened = library.hpke._decrypt_with_aad(
        hpke.SUITE, sealed, pair.private, bytes.fromhex(RFC.info), bytes.fromhex(first.aad)
    )
    assert opened.hex() == first.pt


def test_only_the_recipient_opens_and_only_with_the_same_info() -> None:
    pair = hpke.new_key_pair()
    sealed = hpke.seal(b"secret", pair.public, b"info")
    assert sealed is not None
    assert hpke.open_sealed(sealed, pair.private, b"info") == b"secret"
    assert hpke.open_sealed(sealed, pair.private, b"other info") is None
    assert hpke.open_sealed(sealed, hpke.new_key_pair().private, b"info") is None


def test_a_pair_shows_nothing_of_itself() -> None:
    assert "private" not in repr(hpke.new_key_pair())


@pytest.mark.parametrize("length", [0, 1, 64, 65, 66, 80])
def test_what_is_too_short_to_be_sealed_does_not_open(length: int) -> None:
    assert hpke.open_sealed(b"\x04" * length, hpke.new_key_pair().private, b"info") is None
