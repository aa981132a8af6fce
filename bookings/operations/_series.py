from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.models import Booking, Series, Service
from bookings.operations._hold import span
from bookings.operations._quote import FURTHEST, may_quote, price
from bookings.operations._request import book
from bookings.queries.seating import seat
from bookings.rules.recurrence import Occurrence, occurrences
from bookings.types import BookingState, Conflict, Conflicts, PaidBy, SeriesResult, Weekly
from coop.audit import operations as audit
from coop.kernel import BadInput, NotFound, RuleBroken, TimeRange, readable, saying
from coop.members import queries as members
from coop.members.types import MemberRef

#: An end before the start is the next morning's, unless the night would be longer than any.
LONGEST_NIGHT = timedelta(hours=16)
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

    With conflicts nothing is booked, unless `despite_conflicts`: then the other dates are. Raises
    RuleBroken `series_has_no_date`, with the conflicts in it, when every date has one.
    """
    may_quote(by, household_id)
    if (known := _kept(by, request_id)) is not None:
        return _result(known)
    row = _service(by, household_id, address_id, service, wishes)
    asked = _asked(weekly)
    place = (household_id, address_id)
    conflicts = _conflicts(by, at, place, row, asked)
    bad = {conflict.on for conflict in conflicts}
    free = [one for one in asked if one.during is not None and one.on not in bad]
    if not free or (bad and not despite_conflicts):
        # What stands in the way may be this very request, kept by a rival a moment ago.
        if (known := _kept(by, request_id)) is not None:
            return _result(known)
        if not free:
            raise _no_date(conflicts)
        return SeriesResult(None, (), tuple(one.on for one in free), conflicts)
    series, is_ours = _series(by, at, request_id, place, row, weekly, conflicts)
    for during in [one.during for one in free if one.during] if is_ours else ():
        quote = price(by=by, at=at, place=place, service=row, during=during, paid_by=paid_by)
        key = uuid5(request_id, _day(during, weekly.zone).isoformat())
        book(by=by, at=at, quote=quote, request_id=key, wishes=wishes, series=series)
    return _result(series)


def _no_date(conflicts: tuple[Conflict, ...]) -> RuleBroken:
    return RuleBroken(
        "series_has_no_date",
        "None of the %(count)s dates can be booked, so nothing is. Choose another time or day.",
        count=len(conflicts), conflicts=Conflicts(conflicts),
    )  # fmt: skip


def _asked(weekly: Weekly) -> tuple[Occurrence, ...]:
    asked = occurrences(weekly)
    longest = max((one.during.duration for one in asked if one.during), default=LONGEST_NIGHT)
    if weekly.ends <= weekly.starts and longest > LONGEST_NIGHT:
        raise BadInput(
            "series_ends_before_it_starts",
            "A visit ends after it starts. Over midnight it lasts at most %(hours)s hours.",
            hours=LONGEST_NIGHT // timedelta(hours=1),
        )
    if any(one.during is not None and one.during.seconds % 60 for one in asked):
        raise BadInput("visit_length", "A visit has whole minutes and at most 24 hours.")
    return asked


def _service(
    by: MemberRef, household_id: UUID, address_id: UUID, code: str, wishes: str
) -> Service:
    place = members.address(cooperative_id=by.cooperative_id, address_id=address_id)
    row = Service.objects.filter(cooperative_id=by.cooperative_id, code=code, active=True).first()
    if place.household_id != household_id or row is None:
        raise NotFound("address_or_service_unknown", "This address or service is not known here.")
    readable(wishes)
    if len(wishes) > 500:
        raise BadInput("wishes_too_long", "Wishes have at most 500 letters.")
    return row


def _conflicts(
    by: MemberRef,
    at: datetime,
    place: tuple[UUID, UUID],
    service: Service,
    asked: tuple[Occurrence, ...],
) -> tuple[Conflict, ...]:
    """What stands in the way of each date; those that nobody stands in the way of share workers."""
    taken = _visits_there(by, place, [one.during for one in asked if one.during is not None])
    why = {one.on: _obstacle(one.during, at, taken) for one in asked}
    spans = {one.on: one.during for one in asked if one.during and why[one.on] is None}
    trials = [
        Booking(
            cooperative_id=by.cooperative_id, household_id=place[0], address_id=place[1],
            service=service, during=DateTimeTZRange(during.start, during.end),
        )
        for during in spans.values()
    ]  # fmt: skip
    for trial in trials[1:]:
        trial.address = trials[0].address
    for day, worker in zip(spans, seat(trials, at=at), strict=True):
        if worker is None:
            why[day] = "nobody_free"
    return tuple(Conflict(day, code) for day, code in why.items() if code)


def _obstacle(during: TimeRange | None, at: datetime, taken: list[TimeRange]) -> str | None:
    if during is None:
        return "hour_missing"
    if during.start <= at:
        return "in_the_past"
    if during.start > at + FURTHEST:
        return "too_far"
    return "already_booked" if any(during.overlaps(span) for span in taken) else None


def _visits_there(
    by: MemberRef, place: tuple[UUID, UUID], spans: list[TimeRange]
) -> list[TimeRange]:
    if not spans:
        return []
    rows = Booking.objects.filter(
        cooperative_id=by.cooperative_id, household_id=place[0], address_id=place[1],
        during__overlap=(min(s.start for s in spans), max(s.end for s in spans)),
    )  # fmt: skip
    return [span(row) for row in rows.exclude(state__in=_GONE)]


def _kept(by: MemberRef, request_id: UUID) -> Series | None:
    """What became of the same request before."""
    row = Series.objects.filter(cooperative_id=by.cooperative_id, request_id=request_id).first()
    if row is not None:
        may_quote(by, row.household_id)
    return row


def _series(
    by: MemberRef,
    at: datetime,
    request_id: UUID,
    place: tuple[UUID, UUID],
    service: Service,
    weekly: Weekly,
    conflicts: tuple[Conflict, ...],
) -> tuple[Series, bool]:
    """The series of a request; not ours when a rival with the same request was quicker."""
    row = Series(
        cooperative_id=by.cooperative_id, household_id=place[0], address_id=place[1],
        service=service, rrule=weekly.rrule, first_on=weekly.first_on, starts=weekly.starts,
        ends=weekly.ends, zone=weekly.zone, request_id=request_id, requested_at=at,
        left_out=[[one.on.isoformat(), one.code] for one in conflicts],
    )  # fmt: skip
    Series.objects.bulk_create([row], ignore_conflicts=True)
    kept = Series.objects.get(cooperative_id=by.cooperative_id, request_id=request_id)
    if kept.id != row.id:
        return kept, False
    audit.record(
        by=by, at=at,
        sentence=saying(
            "asked for %(service)s, %(count)s dates",
            service=service.name, count=weekly.count,
        ),
        about=("series", row.id),
    )  # fmt: skip
    return row, True


def _result(series: Series) -> SeriesResult:
    """The same answer each time the same request comes."""
    conflicts = tuple(Conflict(date.fromisoformat(on), code) for on, code, *_old in series.left_out)
    rows = list(Booking.objects.filter(series=series).order_by("during"))
    days = tuple(_day(span(row), series.zone) for row in rows)
    return SeriesResult(series.id, tuple(row.id for row in rows), days, conflicts)


def _day(during: TimeRange, zone: str) -> date:
    return during.start.astimezone(ZoneInfo(zone)).date()
