"""What a price is made of, from the members' rules and the law of the visit's day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bookings.rules.accruals import accruals, transport_line
from bookings.rules.pricing import Basis
from bookings.rules.terms import CardCost, WageFloor
from coop.kernel import saying
from coop.law import queries as law
from coop.law.types import Pack


@dataclass(frozen=True, slots=True)
class Ruling:
    """The members' rules a price asks, and who employs; `card` is None when no card pays."""

    floor: WageFloor
    minimum_hours: Fraction
    share: Fraction
    travel_minutes: int
    card: CardCost | None
    employer: str = "cooperative"


def basis(pack: Pack, ruling: Ruling, *, service: str, seconds: int, on: date) -> Basis:
    """The law may have passed what the members voted since; then the higher of the two holds."""
    wage = max(ruling.floor.of(service), law.wage_floor(pack, on).value)
    legal = law.minimum_visit_hours(pack, on)
    hours = max(ruling.minimum_hours, legal.value) if legal else ruling.minimum_hours
    least = int(hours * 3600)
    return Basis(
        wage=wage,
        floor=wage,
        visit_seconds=seconds,
        minimum_seconds=least,
        travel_seconds=ruling.travel_minutes * 60,
        accruals=accruals(pack, wage=wage, employer=ruling.employer, on=on),
        fixed=transport_line(pack, wage=wage, seconds=max(seconds, least), on=on),
        share=ruling.share,
        step=int(pack.money_step * pack.scale),
        card=ruling.card,
        tax_reason=saying(
            "No tax on care and domestic work is known for this place; none is charged."
        ),
    )
