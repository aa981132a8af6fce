from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from coop.outbox.gateways import poke
from coop.outbox.models import Promise


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
    promise_each(
        effect=effect, payloads={key: payload}, due_at=due_at, at=at, cooperative_id=cooperative_id
    )


def promise_each(
    *,
    effect: str,
    payloads: Mapping[str, Mapping[str, Any]],
    due_at: datetime,
    at: datetime,
    cooperative_id: UUID | None = None,
) -> None:
    """The same for many at once, by key: one statement, one poke."""
    Promise.objects.bulk_create(
        [
            Promise(
                key=key, effect=effect, payload=dict(payload), due_at=due_at,
                promised_at=at, cooperative_id=cooperative_id,
            )
            for key, payload in payloads.items()
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    if payloads and due_at <= at:
        transaction.on_commit(lambda: poke(at), robust=True)
