"""The baseline of the other transport: a bare WebSocket relay, two to a talk, nothing checked, nothing stored."""

from collections import defaultdict

from bench.servers.words import Numbers, Said, answer, decode_say, encode
from suoja.lib.headers import Receive, Scope, Send


class Talk:
    """Two connections and a count."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.newest = 0
        self.sends: list[Send] = []


talks: defaultdict[str, Talk] = defaultdict(Talk)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one connection."""
    if scope["type"] != "websocket":
        await answer(send, 404)
        return
    talk, sender = talks[scope["path"].split("/")[1]], scope["path"]
    await receive()
    await send({"type": "websocket.accept"})
    talk.sends.append(send)
    while (message := await receive())["type"] == "websocket.receive":
        await _relay(talk, sender, message["text"], send)
    talk.sends.remove(send)


async def _relay(talk: Talk, sender: str, text: str, to_sender: Send) -> None:
    numbers = []
    for said in decode_say(text).messages:
        talk.newest += 1
        numbers.append(talk.newest)
        event = encode(Said("talk", talk.newest, sender, said.id, said.sealed)).decode()
        for send in talk.sends:
            await send({"type": "websocket.send", "text": event})
    await to_sender({"type": "websocket.send", "text": encode(Numbers(numbers)).decode()})
