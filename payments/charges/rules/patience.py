"""How long a question to the provider may be repeated, and when it is looked up instead."""

from __future__ import annotations

from datetime import datetime, timedelta

#: The provider may forget an idempotency key after 24 hours; an hour is kept for clocks and queues.
REPOST_FOR = timedelta(hours=23)
LOOK_AGAIN_AFTER = timedelta(seconds=60)
MAX_ATTEMPTS = 3
#: A hold lasts seven days at the provider.
HOLD_LASTS = timedelta(days=7)
#: A visit is agreed on within a day of its end; then its money is taken.
AGREED_WITHIN = timedelta(hours=30)
HOLD_AHEAD = timedelta(days=6)
#: A hold that lapsed is asked for anew only while somebody may still settle the visit.
RENEW_FOR = timedelta(days=14)


def may_repost(*, stored_at: datetime, at: datetime) -> bool:
    return at - stored_at < REPOST_FOR


def hold_due_at(*, starts_at: datetime, ends_at: datetime, at: datetime) -> datetime:
    """Six days before a visit, yet late enough to stand until it is agreed on; else now."""
    return max(at, starts_at - HOLD_AHEAD, ends_at + AGREED_WITHIN - HOLD_LASTS)


def may_renew(*, hold_from: datetime | None, due_minor: int | None, at: datetime) -> bool:
    """Whether a hold that fell back by age is still wanted."""
    if due_minor is not None:
        return due_minor > 0
    return hold_from is not None and at < hold_from + RENEW_FOR
