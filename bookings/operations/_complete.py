from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.events import VisitCompleted
from bookings.models import Booking, Quote, Visit
from bookings.operations._hold import span
from bookings.operations._quote import price
from bookings.types import PaidBy
from coop.events import publish
from coop.hours import operations as hours
from coop.hours.types import HoursKind, NewHours
from coop.kernel import Money, RuleBroken, TimeRange
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
    hours.record_hours(by=by, at=at, entries=_hours(visit, quote, row.service.code, during))
    publish(
        VisitCompleted(
            row.cooperative_id, row.id, visit.id, row.worker_id, row.household_id, quote.id,
            during, at,
        )
    )  # fmt: skip
    return visit.id


def quote_for(*, by: MemberRef, at: datetime, row: Booking, during: TimeRange) -> Quote:
    """The booking's own price, or one for the time that really was."""
    if during == span(row):
        return row.quote
    return price(
        by=by, at=at, place=(row.household_id, row.address_id), service=row.service,
        during=during, paid_by=PaidBy(row.quote.paid_by),
    )  # fmt: skip


def _hours(visit: Visit, quote: Quote, service: str, during: TimeRange) -> list[NewHours]:
    topped_up = quote.paid_seconds - during.seconds
    entries = [_entry(visit, quote, service, during, HoursKind.VISIT, during.seconds)]
    if topped_up > 0:
        entries.append(_entry(visit, quote, service, during, HoursKind.MINIMUM_VISIT, topped_up))
    if quote.travel_seconds:
        way = TimeRange(during.start - timedelta(seconds=quote.travel_seconds), during.start)
        entries.append(_entry(visit, quote, service, way, HoursKind.TRAVEL, quote.travel_seconds))
    return entries


def _entry(
    visit: Visit, quote: Quote, service: str, during: TimeRange, kind: HoursKind, seconds: int
) -> NewHours:
    return NewHours(
        worker_id=visit.worker_id,
        during=during,
        kind=kind,
        source=("visit", visit.id),
        paid_seconds=seconds,
        rate=Money(quote.wage_minor, quote.currency),
        service=service,
        household_id=visit.household_id,
        terms=quote.terms,
    )
