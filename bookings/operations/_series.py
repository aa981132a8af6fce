from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.models import Booking, Series, Service
from bookings.operations._hold import span
from bookings.operations._quote import may_quote, price
from bookings.operations._request import book
from bookings.queries.candidates import pair
from bookings.rules.recurrence import spans
from bookings.types import BookingState, Conflict, PaidBy, SeriesResult, Weekly
from coop.audit import operations as audit
from coop.kernel import BadInput, NotFound, TimeRange
from coop.members import queries as members
from coop.members.types import MemberRef

_GONE = [BookingState.CANCELLED.value, BookingState.EXPIRED.value]


@transaction.atomic
def request_series(
    *,
    by: MemberRef,
    at: datetime,
    request_id: UUID,
    household_id: UUID,
    address_id: UUID,
    service: str,
    weekly: Weekly,
    paid_by: PaidBy = PaidBy.CARD,
    wishes: str = "",
    despite_conflicts: bool = False,
) -> SeriesResult:
    """Book every date of a series. Each is checked; none is skipped silently.

    With conflicts nothing is booked, unless `despite_conflicts`: then the other dates are.
    """
    may_quote(by, household_id)
    known = Series.objects.filter(cooperative_id=by.cooperative_id, request_id=request_id).first()
    if known is not None:
        return _result(known, ())
    row = _service(by, household_id, address_id, service, wishes)
    asked = spans(weekly)
    wish = (by, at, (household_id, address_id), row)
    conflicts = _conflicts(wish, asked, weekly.zone)
    bad = {conflict.on for conflict in conflicts}
    good = [one for one in asked if _day(one, weekly.zone) not in bad]
    if not good or (bad and not despite_conflicts):
        days = tuple(_day(one, weekly.zone) for one in asked)
        return SeriesResult(None, (), days, conflicts)
    series = _series(by, at, request_id, (household_id, address_id), row, weekly)
    for one in good:
        quote = price(by=by, at=at, place=wish[2], service=row, during=one, paid_by=paid_by)
        key = uuid5(request_id, _day(one, weekly.zone).isoformat())
        book(by=by, at=at, quote=quote, request_id=key, wishes=wishes, series=series)
    return _result(series, conflicts)


def _service(
    by: MemberRef, household_id: UUID, address_id: UUID, code: str, wishes: str
) -> Service:
    place = members.address(cooperative_id=by.cooperative_id, address_id=address_id)
    row = Service.objects.filter(cooperative_id=by.cooperative_id, code=code, active=True).first()
    if place.household_id != household_id or row is None:
        raise NotFound("address_or_service_unknown", "This address or service is not known here.")
    if len(wishes) > 500 or "\x00" in wishes:
        raise BadInput("wishes_too_long", "Wishes have at most 500 letters.")
    return row


Wish = tuple[MemberRef, datetime, tuple[UUID, UUID], Service]


def _conflicts(wish: Wish, asked: tuple[TimeRange, ...], zone: str) -> tuple[Conflict, ...]:
    return tuple(Conflict(_day(one, zone), *why) for one in asked if (why := _conflict(wish, one)))


def _conflict(wish: Wish, during: TimeRange) -> tuple[str, str] | None:
    by, at, place, service = wish
    if during.start <= at:
        return "in_the_past", "This date is over."
    rows = Booking.objects.filter(
        cooperative_id=by.cooperative_id, household_id=place[0], address_id=place[1],
        during__overlap=(during.start, during.end),
    )  # fmt: skip
    if rows.exclude(state__in=_GONE).exists():
        return "already_booked", "There is a visit at this address at that time already."
    if not _somebody(by, at, place, service, during):
        return "nobody_free", "No worker is free and near at that time within the law's limits."
    return None


def _somebody(
    by: MemberRef, at: datetime, place: tuple[UUID, UUID], service: Service, during: TimeRange
) -> bool:
    """Whether pairing would find anybody; asked with a booking that is not kept."""
    trial = Booking(
        cooperative_id=by.cooperative_id, household_id=place[0], address_id=place[1],
        service=service, during=DateTimeTZRange(during.start, during.end),
    )  # fmt: skip
    return any(one.eligible for one in pair(trial, at=at).judged)


def _series(
    by: MemberRef,
    at: datetime,
    request_id: UUID,
    place: tuple[UUID, UUID],
    service: Service,
    weekly: Weekly,
) -> Series:
    row = Series.objects.create(
        cooperative_id=by.cooperative_id, household_id=place[0], address_id=place[1],
        service=service, rrule=weekly.rrule, first_on=weekly.first_on, starts=weekly.starts,
        ends=weekly.ends, zone=weekly.zone, request_id=request_id, requested_at=at,
    )  # fmt: skip
    audit.record(
        by=by, at=at, sentence=f"asked for {service.name}, {weekly.count} dates",
        about=("series", row.id),
    )  # fmt: skip
    return row


def _result(series: Series, conflicts: tuple[Conflict, ...]) -> SeriesResult:
    rows = list(Booking.objects.filter(series=series).order_by("during"))
    days = tuple(_day(span(row), series.zone) for row in rows)
    return SeriesResult(series.id, tuple(row.id for row in rows), days, conflicts)


def _day(during: TimeRange, zone: str) -> date:
    return during.start.astimezone(ZoneInfo(zone)).date()
