"""The usual way to have a chat in Django: a Channels consumer, an ORM insert a message, a group a talk."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.servers.channels_settings"
django.setup()

from asgiref.sync import sync_to_async  # noqa: E402  # These need the settings.
from channels.generic.websocket import AsyncJsonWebsocketConsumer  # noqa: E402  # As above.
from django.core.management import call_command  # noqa: E402  # As above.

from bench.servers.archive.models import Message  # noqa: E402  # As above.
from bench.servers.words import answer, encode  # noqa: E402  # As above.
from suoja.lib.headers import Receive, Scope, Send  # noqa: E402  # As above.

# On a thread of its own: the server imports its application within the loop, where Django writes nothing.
with ThreadPoolExecutor(1) as thread:
    thread.submit(call_command, "migrate", run_syncdb=True, verbosity=0).result()


def stored(conversation: str, sender: str, said: dict[str, str]) -> int:
    """Write a message; its row's number is its number."""
    row = Message(conversation=conversation, sender=sender, message=said["id"], sealed=said["sealed"])
    row.save(force_insert=True)
    return int(row.pk)


class Talk(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # Channels ships no types.
    """One side of a talk."""

    async def connect(self) -> None:
        """Join the talk's group."""
        self.sender = self.scope["path"]
        self.talk = self.sender.split("/")[1]
        await self.channel_layer.group_add(self.talk, self.channel_name)
        await self.accept()

    async def disconnect(self, _code: int) -> None:
        """Leave the group."""
        await self.channel_layer.group_discard(self.talk, self.channel_name)

    async def receive_json(self, content: dict[str, Any], **_options: object) -> None:
        """Write each message, tell both sides, answer."""
        numbers = []
        for said in content["messages"]:
            number = await sync_to_async(stored)(self.talk, self.sender, said)
            numbers.append(number)
            event = {"event": "said", "conversation": self.talk, "number": number, "sender": self.sender, **said}
            await self.channel_layer.group_send(self.talk, {"type": "said", "text": event})
        await self.send_json({"numbers": numbers})

    @classmethod
    async def encode_json(cls, content: dict[str, Any]) -> str:
        """Write JSON as the others do: faster than Channels' own way, and the driver reads one form."""
        return encode(content).decode()

    async def said(self, event: dict[str, Any]) -> None:
        """Pass on what somebody said."""
        await self.send_json(event["text"])


talks = Talk.as_asgi()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one connection."""
    if scope["type"] == "websocket":
        await talks(scope, receive, send)
    else:
        await answer(send, 404)
