"""The coordinator's day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from bookings.models import Booking, Declaration
from bookings.queries.bookings import cards, rich
from bookings.queries.times import hours_of_workers
from bookings.types import BookingState, Desk, DeskRow
from coop.kernel import NotFound
from coop.members import queries as members
from coop.members.types import MemberRef

_UNCOVERED = [BookingState.REQUESTED.value, BookingState.OFFERED.value]
#: So long after its end both sides were asked when a visit was.
ASKED_AFTER = timedelta(hours=1)
_STANDING = [BookingState.CONFIRMED.value, BookingState.IN_PROGRESS.value]
_OVER = [BookingState.CANCELLED.value, BookingState.EXPIRED.value]


def desk(*, by: MemberRef, day: date, at: datetime | None = None) -> Desk:
    """A day: uncovered visits, then a row per worker, then all that is disputed on any day.

    With `at` also what is over by then and nobody spoke of.
    """
    if not (by.is_system or by.has("coordinator", "auditor")):
        raise NotFound("desk_unknown", "There is no such page.")
    if day == date.max:
        raise NotFound("day_unknown", "There is no such day.")
    tz = ZoneInfo(by.zone)
    start = datetime.combine(day, time(), tzinfo=tz)
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=tz)
    here = Q(cooperative_id=by.cooperative_id)
    rows = rich(here & Q(during__overlap=(start, end))).exclude(state__in=_OVER)
    found = cards(rows.order_by(Lower("during"), "id"), by)
    disputed = rich(here & Q(state=BookingState.DISPUTED)).order_by(Lower("during"), "id")
    workers = members.workers(cooperative_id=by.cooperative_id, on=day)
    hours = hours_of_workers(by.cooperative_id, [card.id for card in workers])
    lines = [
        DeskRow(
            card.id,
            card.name,
            card.id in hours and any(a <= day < b for a, b in hours[card.id].leave),
            tuple(one for one in found if one.worker_id == card.id),
        )
        for card in workers
    ]
    uncovered = [one for one in found if one.worker_id is None and one.state in _UNCOVERED]
    unspoken = cards(_unspoken(here, at), by) if at is not None else []
    return Desk(
        day, by.zone, tuple(uncovered), tuple(lines), tuple(cards(disputed, by)), tuple(unspoken)
    )


def _unspoken(here: Q, at: datetime) -> QuerySet[Booking]:
    words = Declaration.objects.filter(booking=OuterRef("pk"))
    over = Q(state__in=_STANDING, during__endswith__lte=at - ASKED_AFTER) & ~Q(Exists(words))
    return rich(here & over).order_by(Lower("during"), "id")
