"""What the driver says to the program: the one place that knows docs/live-protocol.md."""

import json
import secrets
from collections.abc import Mapping
from time import time

from bench.connections import request
from bench.programs import SECRET
from suoja.lib.codes import DutyCode, HelperCode, LineCode
from suoja.lib.grants import GrantSigner, HelperGrant, Standing

LINE = "adults"
FIRST_EPOCH = 1
_PUBLIC_KEY = "B" * 87
_SEALED_KEY = "C" * 152
_GRANT_SECONDS = 3600


def grant_signer() -> GrantSigner:
    """Return the program's own signer, under the bench's secret."""
    import os  # noqa: PLC0415  # Settings read the environment when they are imported, so it is set first.

    os.environ["SUOJA_SECRET_KEY"] = SECRET
    from suoja.settings import SUOJA_GRANT_SECRET  # noqa: PLC0415  # As above.

    return GrantSigner(SUOJA_GRANT_SECRET)


def helper_token(signer: GrantSigner, number: int) -> str:
    """Return the grant of one helper's duty, as the console's session would have signed it."""
    names = {"fi": "Ammattilainen Kaisa", "sv": "Yrkesperson Kaisa", "en": "Professional Kaisa"}
    standing = Standing("professional", (LineCode(LINE),), ("fi",), names, 1)
    duty, helper = DutyCode(f"duty-{number:06d}-bench"), HelperCode(f"helper-{number:06d}")
    return signer.sign(HelperGrant(duty, helper, standing, int(time()) + _GRANT_SECONDS))


def call(name: str, token: str, fields: Mapping[str, object] | None = None) -> bytes:
    """Return a command of somebody who has a seat: it carries their epoch."""
    return _asking(name, token, {"epoch": FIRST_EPOCH, **(fields or {})})


def _asking(name: str, token: str, body: Mapping[str, object]) -> bytes:
    return request(f"/live/{name}", token, json.dumps(body, separators=(",", ":")).encode())


def open_conversation() -> bytes:
    """Enter the queue."""
    return _asking("open", "", {"line": LINE, "language": "fi", "entry": secrets.token_urlsafe(16)})


def on_duty(token: str) -> bytes:
    """Begin a duty."""
    return _asking("on-duty", token, {"public_key": _PUBLIC_KEY, "page": secrets.token_urlsafe(16)})


def put_key(token: str, conversation: str, accepted: dict[str, object]) -> bytes:
    """Seal the key to who has accepted."""
    for_whom = {"recipient": accepted["participant"], "answers": accepted["number"]}
    return call("key", token, {"conversation": conversation, "sealed": _SEALED_KEY, **for_whom})


def before_messages(conversation: str) -> bytes:
    """Return how the body of a `say` begins."""
    return f'{{"epoch":{FIRST_EPOCH},"conversation":"{conversation}","messages":['.encode()
