"""Facts about money other apps may react to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from coop.kernel import Money


@dataclass(frozen=True, slots=True)
class ChargeSecured:
    """The money for a booking is held, or a usable card will be asked when the visit is near."""

    cooperative_id: UUID
    charge_id: UUID
    booking_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class ChargeCaptured:
    """A household has paid all that is due for a booking."""

    cooperative_id: UUID
    charge_id: UUID
    booking_id: UUID
    amount: Money
    at: datetime


@dataclass(frozen=True, slots=True)
class ChargeFailed:
    """The card was refused, or the hold was lost; the household has to act."""

    cooperative_id: UUID
    charge_id: UUID
    booking_id: UUID
    household_id: UUID
    amount: Money
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CardKept:
    """A household's card can be used from now on."""

    cooperative_id: UUID
    card_id: UUID
    household_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class CardRefused:
    """A card could not be kept; the household has to try another or pay by hand."""

    cooperative_id: UUID
    card_id: UUID
    household_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class TooMuchPaid:
    """More was paid by hand than is due in the end; the amount is owed back to the household."""

    cooperative_id: UUID
    charge_id: UUID
    booking_id: UUID
    household_id: UUID
    amount: Money
    at: datetime
