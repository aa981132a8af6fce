from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from coop.outbox.models import Promise

log = logging.getLogger(__name__)


def promise(
    *,
    key: str,
    effect: str,
    payload: Mapping[str, Any],
    due_at: datetime,
    at: datetime,
    cooperative_id: UUID | None = None,
) -> None:
    """Promise an effect in this transaction; the same key twice is one promise.

    Payload: JSON values only. It is carried out at or after `due_at`, once; a worker is poked after
    commit when it is due already.
    """
    Promise.objects.bulk_create(
        [
            Promise(
                key=key, effect=effect, payload=dict(payload), due_at=due_at,
                promised_at=at, cooperative_id=cooperative_id,
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    if due_at <= at:
        transaction.on_commit(lambda: poke(at), robust=True)


def poke(at: datetime) -> None:
    """Wake a worker for what was due at `at`; without a broker the tick does it soon after."""
    from coop.outbox.tasks import drain

    try:
        drain.apply_async(args=[at.isoformat()], retry=False, ignore_result=True)
    except Exception as error:
        log.info("no poke: %s", type(error).__name__)
