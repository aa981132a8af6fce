from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.events import BookingCancelled
from bookings.models import Booking, Series
from bookings.operations._hold import hold, span, step
from bookings.operations._quote import may_quote
from bookings.operations._tell import hint, notify_household, notify_worker
from bookings.operations._withdraw import let_go_of_others
from bookings.queries.cancelling import cost_of
from bookings.queries.wages import earned
from bookings.rules.cancelling import Owed
from bookings.rules.terms import CancellationTerms
from bookings.types import BookingState
from coop.audit import operations as audit
from coop.events import publish
from coop.hours import operations as hours
from coop.hours.types import HoursKind, NewHours
from coop.kernel import BadInput, Money, NotFound, RuleBroken, readable, saying
from coop.members.types import MemberRef
from governance.types import PolicyInForce

Terms = PolicyInForce[CancellationTerms]


@transaction.atomic
def cancel_by_client(*, by: MemberRef, at: datetime, booking_id: UUID, reason: str = "") -> Money:
    """The household does not need the visit. Late, part of it is owed and paid to the worker.

    Returns what is owed. The terms are those of the day it was booked.
    """
    row = hold(by, booking_id)
    may_quote(by, row.household_id)
    return _cancel(by, at, row, reason)


@transaction.atomic
def cancel_series(*, by: MemberRef, at: datetime, series_id: UUID, reason: str = "") -> int:
    """Cancel every date of a series that is still ahead; how many."""
    series = Series.objects.filter(cooperative_id=by.cooperative_id, id=series_id).first()
    if series is None:
        raise NotFound("series_unknown", "This series is not known here.")
    may_quote(by, series.household_id)
    ahead = Booking.objects.filter(
        series=series, during__startswith__gt=at,
        state__in=[BookingState.REQUESTED, BookingState.OFFERED, BookingState.CONFIRMED],
    ).order_by("id")  # fmt: skip
    ids = list(ahead.values_list("id", flat=True))
    for booking_id in ids:
        _cancel(by, at, hold(by, booking_id), reason)
    audit.record(
        by=by,
        at=at,
        sentence=saying("cancelled %(count)s dates", count=len(ids)),
        about=("series", series_id),
    )
    return len(ids)


def _cancel(by: MemberRef, at: datetime, row: Booking, reason: str) -> Money:
    readable(reason)
    if len(reason) > 300:
        raise BadInput("reason_too_long", "A reason has at most 300 letters.")
    if row.state == BookingState.CONFIRMED and row.during.upper <= at:
        # Whether somebody worked is for the times to say: a fee must not stand in for her pay.
        raise RuleBroken(
            "visit_is_over",
            _(
                "The visit is over and cannot be cancelled. Say when it was; if nobody came, tell "
                "the office."
            ),
        )
    owed, terms = cost_of(row, by=by, at=at)
    row.cancelled_reason = reason.strip()
    step(row, "cancel", "cancelled")
    let_go_of_others(by=by, at=at, row=row, but=None)
    fee = owed.fee
    if owed.paid_seconds:
        pay_for_the_time(by, at, row, owed, terms)
    audit.record(
        by=by,
        at=at,
        sentence=saying("cancelled a visit; %(fee)s is owed", fee=fee),
        about=("booking", row.id),
    )
    publish(
        BookingCancelled(
            row.cooperative_id, row.id, row.household_id, row.worker_id, row.quote_id, fee,
            row.cancelled_reason, at,
        )
    )  # fmt: skip
    key = f"cancelled:{row.id}"
    if row.worker_id is not None:
        notify_worker(by, at, row, row.worker_id, "booking_cancelled", f"{key}:worker")
    notify_household(by, at, row, "booking_cancelled", f"{key}:household")
    hint(row)
    return fee


def pay_for_the_time(by: MemberRef, at: datetime, row: Booking, owed: Owed, terms: Terms) -> None:
    """Her lost time earns what an hour of the visit would have."""
    assert row.worker_id is not None
    on = row.during.lower.astimezone(ZoneInfo(by.zone)).date()
    wage = earned(row.quote, by=by, service=row.service.code, on=on)
    entry = NewHours(
        worker_id=row.worker_id,
        during=span(row),
        kind=HoursKind.LATE_CANCELLATION,
        source=("booking", row.id),
        paid_seconds=owed.paid_seconds,
        rate=wage.rate,
        service=row.service.code,
        household_id=row.household_id,
        terms={**row.quote.terms, **wage.versions, terms.key: str(terms.version_id)},
    )
    hours.record_hours(by=by, at=at, entries=[entry])
