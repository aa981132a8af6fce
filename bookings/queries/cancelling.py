"""What cancelling would cost, said before it is done."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bookings.policies import CANCELLATION_TERMS
from bookings.queries.bookings import row
from bookings.types import BookingState
from coop.kernel import Money
from coop.members.types import MemberRef
from governance.queries import policy_in_force


def cancellation_cost(*, by: MemberRef, booking_id: UUID, at: datetime) -> Money:
    """What the household would owe at an instant, by the terms of the day it was booked."""
    found = row(by, booking_id)
    price = Money(found.quote.price_minor, found.quote.currency)
    day = found.requested_at.astimezone(ZoneInfo(by.zone)).date()
    terms = policy_in_force(CANCELLATION_TERMS, cooperative_id=by.cooperative_id, on=day).value
    late = at > found.during.lower - timedelta(hours=terms.late_hours)
    if found.state == BookingState.CONFIRMED and late and found.worker_id is not None:
        return price.times(terms.paid)
    return Money.zero(price.currency)
