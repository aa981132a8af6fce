"""What cancelling would cost, said before it is done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bookings.models import Booking
from bookings.policies import CANCELLATION_TERMS
from bookings.queries.bookings import row, unknown
from bookings.rules.cancelling import Owed, Stood, owed
from bookings.rules.terms import CancellationTerms
from bookings.types import BookingState
from coop.kernel import Money
from coop.law.registry import pack
from coop.members.types import MemberRef
from governance.queries import policy_in_force
from governance.types import PolicyInForce


def cancellation_cost(*, by: MemberRef, booking_id: UUID, at: datetime) -> Money:
    """What the household would owe at an instant, by the terms of the day it was booked.

    For the household and the office; to its worker a price does not exist.
    """
    found = row(by, booking_id)
    if not (by.is_system or by.has("coordinator") or by.household_id == found.household_id):
        raise unknown()
    return cost_of(found, by=by, at=at)[0].fee


def cost_of(
    found: Booking, *, by: MemberRef, at: datetime
) -> tuple[Owed, PolicyInForce[CancellationTerms]]:
    """What is owed for a booking as it stands now, and the terms that say so."""
    secured = found.state == BookingState.CONFIRMED and found.worker_id is not None
    return _cost(found, by=by, at=at, secured=secured)


def cost_at_the_door(
    found: Booking, *, by: MemberRef
) -> tuple[Owed, PolicyInForce[CancellationTerms]]:
    """What is owed when she came and could not get in: as cancelled then, later than any term."""
    return _cost(found, by=by, at=found.during.upper, secured=True)


def _cost(
    found: Booking, *, by: MemberRef, at: datetime, secured: bool
) -> tuple[Owed, PolicyInForce[CancellationTerms]]:
    day = found.requested_at.astimezone(ZoneInfo(by.zone)).date()
    terms = policy_in_force(CANCELLATION_TERMS, cooperative_id=found.cooperative_id, on=day)
    place = pack(by.country)
    stood = Stood(
        starts=found.during.lower,
        secured=secured,
        price=Money(found.quote.price_minor, found.quote.currency),
        paid_seconds=found.quote.paid_seconds,
    )
    return owed(stood, terms.value, at, int(place.money_step * place.scale)), terms
