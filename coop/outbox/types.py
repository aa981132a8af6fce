"""What crosses the outbox's door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A promise that failed too often and waits for an operator."""

    id: UUID
    key: str
    effect: str
    tries: int
    last_error: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class OutboxHealth:
    """Counts an operator watches."""

    waiting: int
    overdue: int
    dead: int
    oldest_due_at: datetime | None
