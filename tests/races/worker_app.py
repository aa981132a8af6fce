"""The Celery application of the outbox race: ours, with one effect and one bare task to count."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from uuid import UUID

from celery import shared_task

from coop.celery import app
from coop.outbox.registry import effect

__all__ = ["app"]


def leave_a_mark(payload: dict[str, Any], at: datetime) -> None:
    """One row for each time the effect happened."""
    from coop.audit.models import Entry

    time.sleep(0.005)
    Entry.objects.create(
        cooperative_id=UUID(int=7), sentence="happened", about_kind="race",
        about_id=UUID(payload["id"]), at=at,
    )  # fmt: skip


@effect("races.mark")
def mark(payload: dict[str, Any], *, at: datetime) -> None:
    leave_a_mark(payload, at)


@shared_task(name="races.bare")
def bare(number: str, at: str) -> None:
    """What a naive `.delay()` would carry: the effect itself, as a message."""
    leave_a_mark({"id": number}, datetime.fromisoformat(at))
