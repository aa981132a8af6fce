"""What happened to bookings; other apps may react to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from coop.kernel import Money, TimeRange


@dataclass(frozen=True, slots=True)
class BookingRequested:
    cooperative_id: UUID
    booking_id: UUID
    household_id: UUID
    quote_id: UUID
    during: TimeRange
    at: datetime


@dataclass(frozen=True, slots=True)
class OfferMade:
    cooperative_id: UUID
    booking_id: UUID
    offer_id: UUID
    worker_id: UUID
    expires_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class OfferAccepted:
    """A worker took the visit; the money is to be secured, then `confirm` is called."""

    cooperative_id: UUID
    booking_id: UUID
    offer_id: UUID
    worker_id: UUID
    household_id: UUID
    quote_id: UUID
    during: TimeRange
    at: datetime


@dataclass(frozen=True, slots=True)
class BookingConfirmed:
    cooperative_id: UUID
    booking_id: UUID
    worker_id: UUID
    household_id: UUID
    quote_id: UUID
    during: TimeRange
    at: datetime


@dataclass(frozen=True, slots=True)
class BookingCancelled:
    """A booking will not happen. `fee` is what the household still owes (zero when in time)."""

    cooperative_id: UUID
    booking_id: UUID
    household_id: UUID
    worker_id: UUID | None
    quote_id: UUID
    fee: Money
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BookingExpired:
    """Its time came and nobody had taken it; nothing is owed."""

    cooperative_id: UUID
    booking_id: UUID
    household_id: UUID
    quote_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkerWithdrew:
    """A worker cannot go; the booking is paired anew. It leaves no mark on her."""

    cooperative_id: UUID
    booking_id: UUID
    worker_id: UUID
    household_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitStarted:
    cooperative_id: UUID
    booking_id: UUID
    worker_id: UUID
    household_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitCompleted:
    """The agreed (or undisputed) time is written as hours.

    `quote_id` prices `during`: the booking's own quote, or a newer one when the time differed.
    """

    cooperative_id: UUID
    booking_id: UUID
    visit_id: UUID
    worker_id: UUID
    household_id: UUID
    quote_id: UUID
    during: TimeRange
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitSettled:
    """A difference of opinion is over; `quote_id` prices the settled time in full."""

    cooperative_id: UUID
    booking_id: UUID
    visit_id: UUID
    worker_id: UUID
    household_id: UUID
    quote_id: UUID
    during: TimeRange
    at: datetime
