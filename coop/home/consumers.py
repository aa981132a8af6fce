"""The one socket of a page: it carries hints out and takes nothing in."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
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
#: A look older than this many seconds opens nothing: a hint then waits for a new look, so a revoked
#: role or a session that ended hears nothing after that. A page that hears nothing asks nothing.
TRUSTED = 4
#: Seconds between two looks at a quiet page: it ends with its session, and hears a new office.
RECHECK = 60


class HintConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """Joins the groups of the signed-in person and her offices, and leaves those she loses."""

    groups_joined: set[str]
    looking: asyncio.Lock
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
        """Passed on when she may hear its group by a look that is young enough."""
        if self._age() > TRUSTED and not await self._look():
            return
        if event.get("group") in self.groups_joined:
            await self.send_json({key: event[key] for key in ("what", "id", "version")})

    async def receive(self, text_data: Any = None, bytes_data: Any = None, **kwargs: Any) -> None:
        """Nothing is taken from a page over a socket, readable or not."""

    def _age(self) -> float:
        """Seconds since the last look that found somebody."""
        return asyncio.get_running_loop().time() - self.looked_at

    async def _look(self) -> bool:
        """Look at what she is now and follow it; whether she may hear anything."""
        async with self.looking:
            try:
                wanted = await self._wanted()
                await self._follow(wanted)
            except Exception as error:
                log.warning("a listener could not be looked at: %s", type(error).__name__)
                return False
        if not wanted:
            await self.close(code=4403)
        return bool(wanted)

    async def _wanted(self) -> set[str]:
        """The groups she may hear now; the moment is counted from before the look."""
        began = asyncio.get_running_loop().time()
        try:
            ref = await database_sync_to_async(self._ref)()
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
        lost, gained = self.groups_joined - wanted, wanted - self.groups_joined
        self.groups_joined -= lost  # first: also where the layer fails, nothing of theirs passes
        for group in lost:
            await self.channel_layer.group_discard(group, self.channel_name)
        for group in gained:
            await self.channel_layer.group_add(group, self.channel_name)
            self.groups_joined.add(group)

    async def _recheck(self) -> None:
        while True:
            await asyncio.sleep(RECHECK)
            await self._look()


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
