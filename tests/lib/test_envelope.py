"""Envelopes against the golden vectors that the browsers run too, and what each field is bound to."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from suoja.lib import base64url, envelope, hpke
from suoja.lib.codes import ConversationCode, HalfKey, MessageId, ParticipantCode, new_half_key
from suoja.lib.envelope import CannotOpen, CannotSeal, ConversationKey, KeyPlace, MessagePlace, TooLong
from suoja.lib.padding import Spoken

GOLDEN = Path(__file__).parent.parent / "golden" / "crypto"


class Message(msgspec.Struct, frozen=True):
    name: str
    conversation: ConversationCode
    sender: ParticipantCode
    id: MessageId
    counter: int
    text: str
    nonce: str
    sealed: str

    def place(self) -> MessagePlace:
        return MessagePlace(self.conversation, self.sender, self.id)


class SealedKey(msgspec.Struct, frozen=True):
    conversation: ConversationCode
    recipient: ParticipantCode
    key: str
    sealed: str

    def place(self) -> KeyPlace:
        return KeyPlace(self.conversation, self.recipient)


class Refused(msgspec.Struct, frozen=True):
    name: str
    sealed: str


class RefusedPublicKey(msgspec.Struct, frozen=True, rename="camel"):
    name: str
    public_key: str


class Halves(msgspec.Struct, frozen=True, rename="camel"):
    key: str
    server_half: HalfKey
    browser_half: HalfKey


class Recipient(msgspec.Struct, frozen=True):
    private: str


class Messages(msgspec.Struct, frozen=True):
    key: str
    cases: list[Message]
    place: MessagePlace
    refused: list[Refused]


class Keys(msgspec.Struct, frozen=True, rename="camel"):
    recipient: Recipient
    cases: list[SealedKey]
    place: KeyPlace
    refused: list[Refused]
    refused_public_keys: list[RefusedPublicKey]


class Split(msgspec.Struct, frozen=True):
    halves: list[Halves]


MESSAGES = msgspec.json.decode((GOLDEN / "messages.json").read_bytes(), type=Messages)
KEYS = msgspec.json.decode((GOLDEN / "keys.json").read_bytes(), type=Keys)
SPLIT = msgspec.json.decode((GOLDEN / "split.json").read_bytes(), type=Split)

GOLDEN_KEY = ConversationKey(base64url.decode(MESSAGES.key))

PLACE = MessagePlace(ConversationCode("talk"), ParticipantCode("visitor"), MessageId("one"))
KEY_PLACE = KeyPlace(ConversationCode("talk"), ParticipantCode("helper"))
MOVED_MESSAGES = [
    replace(PLACE, conversation=ConversationCode("another talk")),
    replace(PLACE, sender=ParticipantCode("helper")),
    replace(PLACE, id=MessageId("two")),
    MessagePlace(ConversationCode("talkv"), ParticipantCode("isitor"), MessageId("one")),
]
MOVED_KEYS = [
    replace(KEY_PLACE, conversation=ConversationCode("another talk")),
    replace(KEY_PLACE, recipient=ParticipantCode("another helper")),
    KeyPlace(ConversationCode("talkh"), ParticipantCode("elper")),
]


def named(case: Message | Refused | RefusedPublicKey) -> str:
    return case.name


@pytest.fixture
def key() -> ConversationKey:
    return envelope.new_conversation_key()


@pytest.fixture
def recipient() -> hpke.KeyPair:
    scalar = int.from_bytes(base64url.decode(KEYS.recipient.private))
    return hpke.key_pair_of(ec.derive_private_key(scalar, ec.SECP256R1()))


# --- golden ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", MESSAGES.cases, ids=named)
def test_golden_messages_are_sealed_and_opened(case: Message) -> None:
    spoken, place = Spoken(case.counter, case.text), case.place()
    nonce = base64url.decode(case.nonce)
    assert envelope.seal_message_with_nonce(GOLDEN_KEY, place, spoken, nonce) == case.sealed
    assert envelope.open_message(GOLDEN_KEY, place, case.sealed) == spoken


@pytest.mark.parametrize("case", MESSAGES.refused, ids=named)
def test_golden_messages_that_nobody_may_open(case: Refused) -> None:
    with pytest.raises(CannotOpen):
        envelope.open_message(GOLDEN_KEY, MESSAGES.place, case.sealed)


@pytest.mark.parametrize("case", KEYS.cases)
def test_golden_keys_are_opened(case: SealedKey, recipient: hpke.KeyPair) -> None:
    opened = envelope.open_key(recipient, case.place(), case.sealed)
    assert opened == base64url.decode(case.key)


@pytest.mark.parametrize("case", KEYS.refused, ids=named)
def test_golden_keys_that_nobody_may_open(case: Refused, recipient: hpke.KeyPair) -> None:
    with pytest.raises(CannotOpen):
        envelope.open_key(recipient, KEYS.place, case.sealed)


@pytest.mark.parametrize("case", KEYS.refused_public_keys, ids=named)
def test_golden_public_keys_that_are_none(case: RefusedPublicKey, key: ConversationKey) -> None:
    with pytest.raises(CannotSeal):
        envelope.seal_key(key, KEY_PLACE, case.public_key)


@pytest.mark.parametrize("case", SPLIT.halves)
def test_golden_halves(case: Halves) -> None:
    key = ConversationKey(base64url.decode(case.key))
    assert envelope.split_key(key, case.server_half) == case.browser_half
    assert envelope.join_key(case.browser_half, case.server_half) == key


# --- messages -------------------------------------------------------------------------------------------------------


@pytest.mark.mission("M12")
def test_a_message_opens_with_its_key_at_its_place(key: ConversationKey) -> None:
    sealed = envelope.seal_message(key, PLACE, Spoken(3, "Hei"))
    assert envelope.open_message(key, PLACE, sealed) == Spoken(3, "Hei")
    assert envelope.seal_message(key, PLACE, Spoken(3, "Hei")) != sealed


@pytest.mark.parametrize("elsewhere", MOVED_MESSAGES)
def test_a_message_moved_to_another_place_does_not_open(key: ConversationKey, elsewhere: MessagePlace) -> None:
    sealed = envelope.seal_message(key, PLACE, Spoken(3, "Hei"))
    with pytest.raises(CannotOpen):
        envelope.open_message(key, elsewhere, sealed)


def test_another_key_does_not_open_a_message(key: ConversationKey) -> None:
    sealed = envelope.seal_message(key, PLACE, Spoken(3, "Hei"))
    with pytest.raises(CannotOpen):
        envelope.open_message(envelope.new_conversation_key(), PLACE, sealed)


def test_one_flipped_bit_of_a_message_is_noticed(key: ConversationKey) -> None:
    sealed = base64url.decode(envelope.seal_message(key, PLACE, Spoken(3, "Hei")))
    for broken in with_a_flipped_bit(sealed):
        with pytest.raises(CannotOpen):
            envelope.open_message(key, PLACE, broken)


def test_a_text_that_does_not_fit_is_too_long(key: ConversationKey) -> None:
    with pytest.raises(TooLong):
        envelope.seal_message(key, PLACE, Spoken(3, "x" * 4091))


def test_a_message_id_is_16_random_bytes() -> None:
    ids = {envelope.new_message_id() for _ in range(100)}
    assert {len(base64url.decode(one)) for one in ids} == {16}
    assert len(ids) == 100


# --- keys -----------------------------------------------------------------------------------------------------------


@pytest.mark.mission("M12")
def test_only_the_recipient_opens_a_key(key: ConversationKey, recipient: hpke.KeyPair) -> None:
    sealed = envelope.seal_key(key, KEY_PLACE, base64url.encode(recipient.public))
    assert envelope.open_key(recipient, KEY_PLACE, sealed) == key
    with pytest.raises(CannotOpen):
        envelope.open_key(hpke.new_key_pair(), KEY_PLACE, sealed)


@pytest.mark.parametrize("elsewhere", MOVED_KEYS)
def test_a_key_moved_to_another_place_does_not_open(
    key: ConversationKey, recipient: hpke.KeyPair, elsewhere: KeyPlace
) -> None:
    sealed = envelope.seal_key(key, KEY_PLACE, base64url.encode(recipient.public))
    with pytest.raises(CannotOpen):
        envelope.open_key(recipient, elsewhere, sealed)


def test_one_flipped_bit_of_a_sealed_key_is_noticed(key: ConversationKey, recipient: hpke.KeyPair) -> None:
    sealed = envelope.seal_key(key, KEY_PLACE, base64url.encode(recipient.public))
    for broken in with_a_flipped_bit(base64url.decode(sealed)):
        with pytest.raises(CannotOpen):
            envelope.open_key(recipient, KEY_PLACE, broken)


def test_both_halves_give_the_key_and_one_gives_noise(key: ConversationKey) -> None:
    server_half = new_half_key()
    browser_half = envelope.split_key(key, server_half)
    assert envelope.join_key(browser_half, server_half) == key
    assert envelope.join_key(browser_half, new_half_key()) != key
    assert envelope.join_key(new_half_key(), server_half) != key


@pytest.mark.parametrize("half", ["", "?", base64url.encode(bytes(31)), base64url.encode(bytes(33))])
def test_what_is_no_half_is_refused(key: ConversationKey, half: str) -> None:
    with pytest.raises(CannotSeal):
        envelope.split_key(key, HalfKey(half))
    with pytest.raises(CannotOpen):
        envelope.join_key(HalfKey(half), new_half_key())
    with pytest.raises(CannotOpen):
        envelope.join_key(new_half_key(), HalfKey(half))


def with_a_flipped_bit(sealed: bytes) -> list[str]:
    """Return the envelope with one bit flipped in each of its bytes in turn."""
    flipped = [bytes(b ^ (1 << at % 8) if i == at else b for i, b in enumerate(sealed)) for at in range(len(sealed))]
    return [base64url.encode(one) for one in flipped]
