"""The one socket of a page: it carries hints out and takes nothing in."""

from __future__ import annotations

import asyncio
from typing import Any

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings

from coop.kernel import RuleBroken
from coop.members.access import ref_of_person
from coop.members.types import MemberRef
from coop.realtime import members_group, office_group, person_group

#: Seconds between two looks at what a listener still is; a revoked role hears nothing after that.
RECHECK = 4


class HintConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """Joins the groups of the signed-in person and her offices, and leaves those she loses."""

    groups_joined: set[str]

    async def connect(self) -> None:
        self.groups_joined = set()
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
        await self.send_json({key: event[key] for key in ("what", "id", "version")})

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """Nothing is taken from a page over a socket."""

    async def _wanted(self) -> set[str]:
        try:
            ref = await sync_to_async(self._ref)()
        except RuleBroken:
            return set()
        return groups_of(ref)

    def _ref(self) -> MemberRef:
        from uuid import UUID

        chosen = self.scope["session"].get("cooperative")
        return ref_of_person(self.scope["user"].pk, UUID(chosen) if chosen else None)

    async def _follow(self, wanted: set[str]) -> None:
        for group in self.groups_joined - wanted:
            await self.channel_layer.group_discard(group, self.channel_name)
        for group in wanted - self.groups_joined:
            await self.channel_layer.group_add(group, self.channel_name)
        self.groups_joined = wanted

    async def _recheck(self) -> None:
        while True:
            await asyncio.sleep(RECHECK)
            wanted = await self._wanted()
            await self._follow(wanted)
            if not wanted:
                await self.close(code=4403)
                return


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
