"""A visit that did not take place: no hours of a visit, and no more than her lost time is owed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from bookings.events import BookingCancelled
from bookings.models import Booking
from bookings.operations._cancel import pay_for_the_time
from bookings.operations._hold import step
from bookings.operations._tell import notify_household, notify_worker
from bookings.queries.cancelling import cost_at_the_door
from bookings.types import Absence
from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import Money, saying
from coop.members.types import MemberRef


def not_held(
    *, by: MemberRef, at: datetime, row: Booking, absence: Absence, silence: UUID | None = None
) -> None:
    """Close it: nobody came costs nothing; who got not in is paid as for a late cancellation.

    `silence` is the rule by which silence agreed, when nobody did in words.
    """
    owed, terms = cost_at_the_door(row, by=by)
    fee = owed.fee if absence is Absence.NO_ENTRY else Money.zero(owed.fee.currency)
    step(row, "close", "closed")
    if fee and owed.paid_seconds:
        pay_for_the_time(by, at, row, owed, terms)
    audit.record(
        by=by, at=at,
        sentence=saying("closed a visit that did not take place; %(fee)s is owed", fee=fee),
        about=("booking", row.id), facts={"silence": str(silence)} if silence else {},
    )  # fmt: skip
    publish(
        BookingCancelled(
            row.cooperative_id, row.id, row.household_id, row.worker_id, row.quote_id, fee,
            absence.value, at,
        )
    )  # fmt: skip
    key = f"not-held:{row.id}"
    if row.worker_id is not None:
        name = "visit_not_held" if fee else "visit_not_held_unpaid"
        notify_worker(by, at, row, row.worker_id, name, f"{key}:worker")
    notify_household(by, at, row, "booking_not_held", f"{key}:household", {"fee": fee})
