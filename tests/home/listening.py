"""A page's socket in a test, and what comes through it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

from asgiref.sync import async_to_sync, sync_to_async
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from coop.asgi import application
from coop.members.models import User
from coop.realtime import person_group

#: Longer than a hint takes; the second look at a listener is taken this soon in these tests.
SOON, LOOK = 0.4, 0.05
Talk = Callable[[WebsocketCommunicator], Awaitable[Any]]


def cookie_of(client: Client, person: UUID | None) -> str:
    user = User.objects.get(id=person or "")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def socket(cookie: str = "", origin: str | None = "", app: Any = application) -> Any:
    """A page's socket; `origin` "" is ours, None is none at all."""
    headers = [(b"host", b"testserver")]
    if origin is not None:
        headers.append((b"origin", (origin or settings.SOCKET_ORIGINS[0]).encode()))
    if cookie:
        headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}".encode()))
    return WebsocketCommunicator(app, "/ws/", headers=headers)


def enters(cookie: str, origin: str | None = "", app: Any = application) -> bool:
    async def knock() -> bool:
        line = socket(cookie, origin, app)
        connected, _code = await line.connect()
        await line.disconnect()
        return bool(connected)

    return bool(async_to_sync(knock)())


def with_socket(cookie: str, talk: Talk) -> Any:
    async def call() -> Any:
        line = socket(cookie)
        connected, code = await line.connect()
        assert connected, code
        try:
            return await talk(line)
        finally:
            await line.disconnect()

    return async_to_sync(call)()


async def hint(group: str, **more: Any) -> None:
    layer: Any = get_channel_layer()
    said = {"type": "hint", "what": "offer", "id": str(uuid4()), "version": 3} | more
    await layer.group_send(group, said | {"group": group})


async def hears(line: Any, group: str) -> bool:
    await hint(group)
    if await line.receive_nothing(timeout=SOON, interval=0.01):
        return False
    await line.receive_json_from()
    return True


def heard_by(cookie: str, own: UUID | None, groups: list[str]) -> list[str]:
    """Which of the groups' hints come through to her before one of her own that is sent last."""

    async def talk(line: Any) -> list[str]:
        for group in groups:
            await hint(group, id=group)
        await hint(person_group(own or uuid4()), id="last")
        found = []
        while (said := (await line.receive_json_from(timeout=5))["id"]) != "last":
            found.append(said)
        return found

    found: list[str] = with_socket(cookie, talk)
    return found


def before_and_after(cookie: str, group: str, act: Callable[[], object]) -> list[bool]:
    async def talk(line: Any) -> list[bool]:
        first = await hears(line, group)
        await sync_to_async(act)()
        await asyncio.sleep(LOOK * 10)
        return [first, await still_hears(line, group)]

    found: list[bool] = with_socket(cookie, talk)
    return found


async def still_hears(line: Any, group: str) -> bool:
    """A closed line hears nothing either."""
    await hint(group)
    if await line.receive_nothing(timeout=SOON, interval=0.01):
        return False
    return bool((await line.receive_output())["type"] == "websocket.send")
