"""What is waiting, late or dead."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Min, Q

from coop.audit.types import Breach, Check, broken, check
from coop.outbox.models import Promise
from coop.outbox.types import DeadLetter, OutboxHealth


def dead_letters(*, cooperative_id: UUID) -> list[DeadLetter]:
    """The promises of a cooperative that failed too often, oldest first."""
    rows = Promise.objects.filter(state=Promise.State.DEAD, cooperative_id=cooperative_id)
    return [
        DeadLetter(r.id, r.key, r.effect, r.tries, r.last_error, r.due_at)
        for r in rows.order_by("due_at")
    ]


def ticks() -> bool:
    """Whether a worker carried out a tick in the last half minute."""
    return cache.get("letsema-ticked") is not None


def health(*, cooperative_id: UUID, at: datetime) -> OutboxHealth:
    """Counts over a cooperative's promises; overdue means more than a minute late."""
    waiting = Q(state=Promise.State.WAITING)
    counts = Promise.objects.filter(cooperative_id=cooperative_id).aggregate(
        waiting=Count("id", filter=waiting),
        overdue=Count("id", filter=waiting & Q(due_at__lt=at - timedelta(minutes=1))),
        dead=Count("id", filter=Q(state=Promise.State.DEAD)),
        oldest=Min("due_at", filter=waiting),
    )
    return OutboxHealth(counts["waiting"], counts["overdue"], counts["dead"], counts["oldest"])


def checks(*, cooperative_id: UUID) -> list[Check]:
    """I6: what was promised is there exactly once."""
    rows = Promise.objects.filter(cooperative_id=cooperative_id)
    twice = rows.values("key").annotate(times=Count("id")).filter(times__gt=1)
    found = [(f"promised {row['times']} times", row["key"]) for row in twice]
    return [check("I6", "promises", rows.count(), found)]


def breaches(*, cooperative_id: UUID) -> list[Breach]:
    return broken(checks(cooperative_id=cooperative_id))


def lost(keys: Collection[str]) -> list[str]:
    """Those keys under which nothing was ever promised."""
    kept = set(Promise.objects.filter(key__in=list(keys)).values_list("key", flat=True))
    return sorted(set(keys) - kept)


def next_due(*, until: datetime) -> datetime | None:
    """When the first promise falls due that waits at a moment; None when none does."""
    waiting = Promise.objects.filter(state=Promise.State.WAITING, due_at__lte=until)
    first: datetime | None = waiting.aggregate(first=Min("due_at"))["first"]
    return first


def unsettled(*, at: datetime) -> list[tuple[str, str]]:
    """Key and last error of what is due at a moment, and of all that failed before."""
    rows = Promise.objects.filter(state=Promise.State.WAITING).filter(
        Q(due_at__lte=at) | Q(tries__gt=0)
    )
    dead = Promise.objects.filter(state=Promise.State.DEAD)
    return list((rows | dead).order_by("due_at").values_list("key", "last_error"))
