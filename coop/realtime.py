"""Live updates as hints: "this changed, version n". The page fetches; a lost hint costs nothing."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from functools import lru_cache
from typing import Any
from uuid import UUID

from channels.layers import get_channel_layer
from django.db import transaction

log = logging.getLogger(__name__)
#: Seconds after which a hint that does not leave is given up.
_LEAVES_WITHIN = 5


def person_group(person_id: UUID) -> str:
    """The group of one person's open pages."""
    return f"person.{person_id}"


def office_group(cooperative_id: UUID, office: str) -> str:
    """The group of everybody who holds an office of a cooperative now."""
    return f"office.{cooperative_id}.{office}"


def members_group(cooperative_id: UUID) -> str:
    """The group of a cooperative's members."""
    return f"members.{cooperative_id}"


def changed(*, groups: list[str], what: str, id: UUID | str, version: int = 0) -> None:
    """After this transaction commits, hint to the groups that `what` with `id` changed."""
    hint = {"type": "hint", "what": what, "id": str(id), "version": version}
    transaction.on_commit(lambda: _send(groups, hint), robust=True)


def _send(groups: list[str], hint: dict[str, object]) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    # The truth is committed already; without Valkey a page is only less lively.
    try:
        said = asyncio.run_coroutine_threadsafe(_say(layer, groups, hint), _loop(os.getpid()))
        said.result(_LEAVES_WITHIN)
    except Exception as error:
        log.warning("a live hint was lost: %s", type(error).__name__)


async def _say(layer: Any, groups: list[str], hint: dict[str, object]) -> None:
    for group in groups:
        await layer.group_send(group, hint | {"group": group})


@lru_cache(maxsize=1)
def _loop(pid: int) -> asyncio.AbstractEventLoop:
    """The loop all hints of this process leave by, so that they share one connection to Valkey."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="hints", daemon=True).start()
    return loop
