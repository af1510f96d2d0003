"""Many talks at once, interleaved by chance: what a busy evening leaves on the disk shows only among so many."""

import string
from random import Random
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from suoja.lib.codes import ConversationCode, HalfKey, ParticipantCode
from suoja.live import operations
from suoja.live.operations import ByVisitor, Operation
from suoja.live.wire import Message
from tests.live.cast import PROFESSIONAL, STANDING, accepts, is_available, opens, starts

Steps = list[Operation[Any]]

_SIZES = (10, 60, 400, 1_500, 5_000)


class OneTalk(Struct):
    """One talk, and every text by which it could be found again on a disk."""

    code: ConversationCode
    visitor: ParticipantCode
    helper: ParticipantCode
    half_key: HalfKey
    said: list[str] = field(default_factory=list)

    def marks(self) -> list[bytes]:
        return [text.encode() for text in (self.code, self.visitor, self.helper, self.half_key, *self.said)]


class ManyTalks:
    """Gives the operations by which talks begin, go on and end, and remembers what may not be left of them."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._standing = replace(STANDING, capacity=1_000)
        self.living: list[OneTalk] = []
        self._ended: list[OneTalk] = []

    def on_duty(self) -> Steps:
        return [starts(capacity=1_000), is_available(standing=self._standing)]

    def begin(self) -> Steps:
        talk = OneTalk(
            code=ConversationCode(self._token()),
            visitor=ParticipantCode(self._token()),
            helper=ParticipantCode(self._token()),
            half_key=HalfKey(self._token() + self._token()),
        )
        self.living.append(talk)
        opened = opens(talk.code, participant=talk.visitor, half_key=talk.half_key)
        return [opened, replace(accepts(standing=self._standing), participant=talk.helper)]

    def say(self) -> Steps:
        talk, message, ciphertext = self._dice.choice(self.living), self._token(), self._token()
        talk.said += [message, ciphertext]
        sealed = ciphertext + "x" * self._dice.choice(_SIZES)
        return [operations.Say(talk.code, ByVisitor(talk.visitor, 1), (Message(message, sealed),))]

    def end_one(self) -> Steps:
        talk = self.living.pop(self._dice.randrange(len(self.living)))
        self._ended.append(talk)
        return [operations.Exit(talk.code, talk.visitor), operations.Close(talk.code, PROFESSIONAL)]

    def replace_one(self) -> Steps:
        return [*self.end_one(), *self.begin()]

    def living_marks(self) -> list[bytes]:
        return [mark for talk in self.living for mark in talk.marks()]

    def marks(self) -> list[bytes]:
        return [mark for talk in (*self._ended, *self.living) for mark in talk.marks()]

    def _token(self) -> str:
        return "".join(self._dice.choices(string.ascii_letters + string.digits, k=22))
