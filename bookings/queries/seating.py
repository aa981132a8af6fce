"""Whether there is somebody for each of many visits at once, so that nobody is counted twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bookings.models import Booking
from bookings.queries.candidates import Known, gather, judge
from bookings.types import BookingState
from coop.kernel import TimeRange

#: So far away another visit may still count toward the same week or the rest between days.
NEAR = timedelta(days=9)
_WAITING = [BookingState.REQUESTED.value, BookingState.OFFERED.value]


def seat(trials: Sequence[Booking], *, at: datetime) -> list[UUID | None]:
    """For each of some visits that are not kept, in their order, a worker or nobody.

    A worker given to an earlier one is busy for the later: with that time, and with its hours
    toward the law's limits. Visits that wait for a worker already were asked for before these,
    so they come first. This promises nobody anything: it says whether the dates can be covered.
    """
    if not trials:
        return []
    waiting = _waiting(trials, at)
    known = gather([*waiting, *trials], at=at)
    taken: dict[UUID, list[TimeRange]] = defaultdict(list)
    for row in waiting:
        _take(known, row, taken)
    return [_take(known, row, taken) for row in trials]


def _take(known: Known, row: Booking, taken: dict[UUID, list[TimeRange]]) -> UUID | None:
    """The first in the order. Who has the visit's offer open may still say yes."""
    best = judge(known, row, asked=known.asked, also=taken)[0:1]
    if not best or best[0].rank is None:
        return None
    worker_id = best[0].candidate.worker_id
    taken[worker_id].append(TimeRange(row.during.lower, row.during.upper))
    return worker_id


def _waiting(trials: Sequence[Booking], at: datetime) -> list[Booking]:
    """Visits without a worker in the same stretch of time, the earlier wish first."""
    start = min(row.during.lower for row in trials)
    end = max(row.during.upper for row in trials)
    rows = Booking.objects.filter(
        cooperative_id=trials[0].cooperative_id, worker__isnull=True, state__in=_WAITING,
        during__overlap=(start - NEAR, end + NEAR), during__startswith__gt=at,
    )  # fmt: skip
    return list(rows.select_related("service", "address").order_by("requested_at", "id"))
