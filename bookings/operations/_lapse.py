"""A booking ends with nobody secured for it: nothing is owed, and everybody concerned hears why."""

from __future__ import annotations

from datetime import datetime

from bookings.events import BookingExpired
from bookings.models import Booking
from bookings.operations._hold import step
from bookings.operations._tell import hint, notify_household, notify_office, notify_worker
from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import saying
from coop.members.types import MemberRef


def lapse(*, by: MemberRef, at: datetime, row: Booking, given_back: bool = False) -> None:
    """Close it. `given_back`: its worker gave it back when it was too late to ask others."""
    step(row, "expire", "expired")
    why = saying("expired uncovered") if row.worker_id is None else saying("expired unpaid")
    audit.record(by=by, at=at, sentence=why, about=("booking", row.id))
    publish(BookingExpired(row.cooperative_id, row.id, row.household_id, row.quote_id, at))
    key = f"expired:{row.id}"
    if given_back:
        notify_household(by, at, row, "visit_fell_out", key)
        notify_office(by, at, row, "visit_fell_out_office", f"{key}:office")
    elif row.worker_id is None:
        notify_household(by, at, row, "booking_expired", key)
    else:
        notify_household(by, at, row, "booking_unpaid", key)
        notify_worker(by, at, row, row.worker_id, "visit_unpaid", f"{key}:worker")
    hint(row)
