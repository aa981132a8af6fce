"""The one socket of a page: it carries hints out and takes nothing in."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import constant_time_compare

from coop.kernel import NotFound, RuleBroken
from coop.members.access import ref_of_person
from coop.members.types import MemberRef
from coop.realtime import members_group, office_group, person_group

log = logging.getLogger(__name__)
#: A hint passes on a look at what its listener still is that began no longer ago than this many
#: seconds; after that it waits for another, which must be answered within so many. So a quiet page
#: asks the database nothing, and a revoked role hears nothing after five seconds, also where the
#: look itself fails or is late.
TRUSTED, ANSWERED_WITHIN = 2.0, 2.5
#: Seconds between two looks when no hint comes: a line whose session is over is closed then.
RECHECK = 60.0


class HintConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """Joins the groups of the signed-in person and her offices, and leaves those she loses."""

    groups_joined: set[str]
    looked_at: float

    async def connect(self) -> None:
        self.groups_joined, self.looking = set(), asyncio.Lock()
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            await self.close(code=4401)
            return
        wanted = await self._wanted()
        if not wanted:
            await self.close(code=4403)
            return
        await self._follow(wanted)
        await self.accept()
        self.watch = asyncio.create_task(self._recheck())

    async def disconnect(self, code: int) -> None:
        if hasattr(self, "watch"):
            self.watch.cancel()
        await self._follow(set())

    async def hint(self, event: dict[str, Any]) -> None:
        if await self._looked_lately() and event.get("group") in self.groups_joined:
            await self.send_json({key: event[key] for key in ("what", "id", "version")})

    async def receive(self, text_data: Any = None, bytes_data: Any = None, **kwargs: Any) -> None:
        """Nothing is taken from a page over a socket, readable or not."""

    async def _wanted(self) -> set[str]:
        """The groups she may hear now; the moment is counted from before the look."""
        began = asyncio.get_running_loop().time()
        try:
            ref = await sync_to_async(self._ref)()
        except RuleBroken:
            return set()
        self.looked_at = began
        return groups_of(ref)

    def _ref(self) -> MemberRef:
        """Who she is as her session stands in the database; one that ended is nobody's."""
        session = SessionStore(self.scope["session"].session_key)
        user = self.scope["user"]
        stamp = session.get(HASH_SESSION_KEY, "")
        known = any(constant_time_compare(stamp, one) for one in _stamps(user))
        if session.get(SESSION_KEY) != str(user.pk) or not known:
            raise NotFound("session_over", "This session is over.")
        chosen = session.get("cooperative")
        return ref_of_person(user.pk, UUID(chosen) if chosen else None)

    async def _follow(self, wanted: set[str]) -> None:
        for group in self.groups_joined - wanted:
            await self.channel_layer.group_discard(group, self.channel_name)
        for group in wanted - self.groups_joined:
            await self.channel_layer.group_add(group, self.channel_name)
        self.groups_joined = wanted

    async def _recheck(self) -> None:
        while self.groups_joined:
            await asyncio.sleep(RECHECK)
            await self._looked_lately()

    async def _looked_lately(self) -> bool:
        """Whether what she hears rests on a young look; an old one is taken anew first."""
        async with self.looking:
            age = asyncio.get_running_loop().time() - self.looked_at
            return age < TRUSTED or (bool(self.groups_joined) and await self._look_again())

    async def _look_again(self) -> bool:
        """Follow what she may hear now; whether the look was answered."""
        try:
            async with asyncio.timeout(ANSWERED_WITHIN):
                wanted = await self._wanted()
            await self._follow(wanted)
        except Exception as error:
            log.warning("a listener could not be looked at: %s", type(error).__name__)
            return False
        if not wanted:
            await self.close(code=4403)
        return True


def _stamps(user: Any) -> list[str]:
    """What a session of hers carries, also where the installation's secret was changed since."""
    return [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]


def groups_of(ref: MemberRef) -> set[str]:
    """What a person may hear: herself, her offices, the members' groups of her cooperative."""
    groups = {office_group(ref.cooperative_id, office) for office in ref.offices}
    if ref.person_id:
        groups.add(person_group(ref.person_id))
    if settings.LETSEMA_DEMO:
        groups.add("phones")  # the on-screen phones belong to everybody who tries the demonstration
    if ref.membership_id:
        groups.add(members_group(ref.cooperative_id))
    return groups
