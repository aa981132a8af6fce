"""Bookings as their worker sees them: pay, area, time; never the price or the address."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from bookings.models import Booking
from bookings.queries.bookings import unknown
from bookings.queries.candidates import limits
from bookings.queries.offers import offers
from bookings.queries.wages import wages
from bookings.types import LIVE_STATES, MOST_WRONG_CODES, BookingState, Today, WorkCard
from coop.kernel import Money, TimeRange
from coop.members import queries as members
from coop.members.types import MemberRef

_LIVE = [state.value for state in LIVE_STATES]


def work(*, by: MemberRef, booking_id: UUID) -> WorkCard:
    """A booking she took. Raises NotFound `booking_unknown`."""
    found = _mine(by, by.worker_id, Q(id=booking_id)) if by.worker_id else []
    if not found:
        raise unknown()
    return found[0]


def my_work(*, by: MemberRef, starting_from: datetime, until: datetime) -> list[WorkCard]:
    """All she took that begins in [from, until), by time."""
    if by.worker_id is None:
        return []
    return _mine(
        by, by.worker_id, Q(during__startswith__gte=starting_from, during__startswith__lt=until)
    )


def today(*, by: MemberRef, at: datetime) -> Today:
    """Her next visit, what follows within a fortnight, her offers, and the week in numbers."""
    if by.worker_id is None:
        return Today(None, (), (), 0, 0, 0)
    ahead = _mine(
        by, by.worker_id, Q(state__in=_LIVE, during__endswith__gt=at - timedelta(hours=12))
    )
    ahead = [c for c in ahead if c.during.start < at + timedelta(days=14)]
    day = at.astimezone(ZoneInfo(by.zone)).date()
    monday = day - timedelta(days=day.weekday())
    tz = ZoneInfo(by.zone)
    week = TimeRange(
        datetime.combine(monday, time(), tzinfo=tz),
        datetime.combine(monday + timedelta(days=7), time(), tzinfo=tz),
    )
    gone = {BookingState.CANCELLED, BookingState.EXPIRED, BookingState.REQUESTED}
    spans = [
        part.seconds
        for card in my_work(by=by, starting_from=week.start, until=week.end)
        if card.state not in gone and (part := card.during.intersect(week))
    ]
    cards = members.workers(cooperative_id=by.cooperative_id, on=day, ids=[by.worker_id])
    wanted = cards[0].wanted_minutes_per_week * 60 if cards else 0
    law = limits(by.country, day)
    most = int(law.week_max * 3600) if law.week_max is not None else 0
    over = [card for card in ahead if _is_over(card, at)]
    coming = [card for card in ahead if card not in over] or over
    return Today(
        coming[0] if coming else None, tuple(coming[1:]), tuple(offers(by=by, at=at)), sum(spans),
        most, wanted, tuple(over) if coming is not over else (),
    )  # fmt: skip


def _is_over(card: WorkCard, at: datetime) -> bool:
    """She left, or its time passed with nobody there; only a word on its time is missing."""
    unspoken = card.state is BookingState.CONFIRMED and card.during.end <= at
    return card.ended_at is not None or unspoken


def _mine(by: MemberRef, worker_id: UUID, where: Q) -> list[WorkCard]:
    rows = (
        Booking.objects.filter(where, cooperative_id=by.cooperative_id, worker_id=worker_id)
        .select_related("household", "address", "service", "quote")
        .prefetch_related("quote__lines")
        .order_by(Lower("during"), "id")
    )
    found = list(rows)
    known = wages(by) if found else None
    return [_card(row, known.pay(row)) for row in found if known]


def _card(row: Booking, pay: Money) -> WorkCard:
    return WorkCard(
        id=row.id,
        household_name=row.household.name,
        service=row.service.code,
        service_name=_(row.service.name),
        area=row.address.area,
        during=TimeRange(row.during.lower, row.during.upper),
        state=BookingState(row.state),
        pay=pay,
        paid_seconds=row.quote.paid_seconds + row.quote.travel_seconds,
        has_wishes=bool(row.wishes),
        started_at=row.started_at,
        ended_at=row.ended_at,
        worker_arrived=row.worker_arrived_at is not None,
        household_arrived=row.household_arrived_at is not None,
        version=row.version,
        code_open=row.wrong_codes < MOST_WRONG_CODES,
        travel_seconds=row.quote.travel_seconds,
    )
