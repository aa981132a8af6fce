from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.events import VisitCompleted
from bookings.models import Booking, Quote, Visit
from bookings.operations._hold import span
from bookings.operations._quote import price
from bookings.queries.prices import ruled_as
from bookings.queries.wages import Earned, earned
from bookings.types import PaidBy
from coop.events import publish
from coop.hours import operations as hours
from coop.hours.types import HoursKind, NewHours
from coop.kernel import RuleBroken, TimeRange
from coop.members.types import MemberRef


def complete(
    *, by: MemberRef, at: datetime, row: Booking, during: TimeRange, silence: UUID | None = None
) -> UUID:
    """Write the visit and its one set of hours (I3), and say so. The visit's id.

    `silence` is the rule by which silence agreed, when nobody did in words.
    """
    quote = quote_for(by=by, at=at, row=row, during=during)
    assert row.worker_id is not None
    try:
        with transaction.atomic():
            visit = Visit.objects.create(
                cooperative_id=row.cooperative_id, booking=row, worker_id=row.worker_id,
                household_id=row.household_id, quote=quote, completed_at=at,
                during=DateTimeTZRange(during.start, during.end), silence_version_id=silence,
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken("visit_written", "This visit was written already.") from error
    on = during.start.astimezone(ZoneInfo(by.zone)).date()
    wage = earned(quote, by=by, service=row.service.code, on=on)
    hours.record_hours(by=by, at=at, entries=_hours(visit, quote, row.service.code, during, wage))
    publish(
        VisitCompleted(
            row.cooperative_id, row.id, visit.id, row.worker_id, row.household_id, quote.id,
            during, at,
        )
    )  # fmt: skip
    return visit.id


def quote_for(*, by: MemberRef, at: datetime, row: Booking, during: TimeRange) -> Quote:
    """The booking's own price, or one for the time that really was, by the rules it agreed to."""
    if during == span(row):
        return row.quote
    return price(
        by=by, at=at, place=(row.household_id, row.address_id), service=row.service,
        during=during, paid_by=PaidBy(row.quote.paid_by), found=ruled_as(row.quote),
    )  # fmt: skip


def _hours(
    visit: Visit, quote: Quote, service: str, during: TimeRange, wage: Earned
) -> list[NewHours]:
    way = TimeRange(during.start - timedelta(seconds=quote.travel_seconds), during.start)
    parts = [
        (HoursKind.VISIT, during, during.seconds),
        (HoursKind.MINIMUM_VISIT, during, quote.paid_seconds - during.seconds),
        (HoursKind.TRAVEL, way, quote.travel_seconds),
    ]
    return [
        NewHours(
            worker_id=visit.worker_id, during=when, kind=kind, source=("visit", visit.id),
            paid_seconds=seconds, rate=wage.rate, service=service,
            household_id=visit.household_id, terms={**quote.terms, **wage.versions},
        )
        for kind, when, seconds in parts
        if seconds > 0 or kind is HoursKind.VISIT
    ]  # fmt: skip
