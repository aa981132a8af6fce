"""How long a question to the provider may be repeated, and when it is looked up instead."""

from __future__ import annotations

from datetime import datetime, timedelta

#: The provider may forget an idempotency key after 24 hours; an hour is kept for clocks and queues.
REPOST_FOR = timedelta(hours=23)
LOOK_AGAIN_AFTER = timedelta(seconds=60)
MAX_ATTEMPTS = 3
#: A hold lasts seven days at the provider; it is taken at most this long before the visit.
HOLD_AHEAD = timedelta(days=5)


def may_repost(*, stored_at: datetime, at: datetime) -> bool:
    return at - stored_at < REPOST_FOR


def hold_due_at(*, starts_at: datetime, at: datetime) -> datetime:
    """Now for a visit within five days, else five days before it."""
    return max(at, starts_at - HOLD_AHEAD)
