"""What a household owes when it does not need a visit after all. Said and done by one rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bookings.rules.terms import CancellationTerms
from coop.kernel import Money, Rounding, round_fraction


@dataclass(frozen=True, slots=True)
class Stood:
    """The visit as it stood; `secured` when a worker had it and its money was there."""

    starts: datetime
    secured: bool
    price: Money
    paid_seconds: int


@dataclass(frozen=True, slots=True)
class Owed:
    """What the household owes, and the part of the time that the worker is paid for."""

    fee: Money
    paid_seconds: int


def owed(stood: Stood, terms: CancellationTerms, at: datetime, step: int = 1) -> Owed:
    """Nothing in time: exactly so many hours before the start still is. `step` as in a price."""
    late = at > stood.starts - timedelta(hours=terms.late_hours)
    if not (stood.secured and late):
        return Owed(Money.zero(stood.price.currency), 0)
    fee = round_fraction(stood.price.minor * terms.paid / step) * step
    # A part of a second counts for her.
    seconds = round_fraction(stood.paid_seconds * terms.paid, Rounding.UP)
    return Owed(Money(fee, stood.price.currency), seconds)
