"""What the members' rules say once they are read: one frozen value per question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from coop.kernel import BadInput, Money


@dataclass(frozen=True, slots=True)
class WageFloor:
    """The least an hour earns: a default, and services that earn more."""

    default: Money
    services: dict[str, Money] = field(default_factory=dict)

    def of(self, service: str) -> Money:
        return self.services.get(service, self.default)


@dataclass(frozen=True, slots=True)
class CancellationTerms:
    """Later than so many hours before the start, so much of the paid time is still paid."""

    late_hours: int
    paid: Fraction


@dataclass(frozen=True, slots=True)
class OfferWindow:
    """How long an offer stands, and how many are asked at the same time."""

    minutes: int
    wave: int


@dataclass(frozen=True, slots=True)
class CardCost:
    """What a card payment costs: a share of the whole price and a fixed sum; who says so."""

    rate: Fraction
    fixed: Money
    source: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much fairness, continuity and a short way count when workers are ranked."""

    fairness: int
    continuity: int
    travel: int

    def as_dict(self) -> dict[str, int]:
        return {
            "fairness": self.fairness, "continuity": self.continuity, "travel": self.travel,
        }  # fmt: skip


def wage_floor(terms: Any) -> WageFloor:
    """{"currency": "ZAR", "default": "45.00", "services": {"elder-care": "48.00"}}."""
    found = _table(terms, {"currency", "default"}, {"services"})
    currency = str(found["currency"])
    services = found.get("services") or {}
    if not isinstance(services, Mapping):
        raise BadInput("terms_unreadable", "The services are a table of code and wage.")
    floor = WageFloor(
        Money.of(_text(found["default"]), currency),
        {str(code): Money.of(_text(wage), currency) for code, wage in services.items()},
    )
    if min([floor.default, *floor.services.values()]).minor <= 0:
        raise BadInput("terms_unreadable", "A wage is more than nothing.")
    return floor


def hours(terms: Any) -> Fraction:
    """{"hours": "4"}; of a quarter hour to a day."""
    return _between(_table(terms, {"hours"})["hours"], Fraction(1, 4), Fraction(24), "hours")


def percent(terms: Any) -> Fraction:
    """{"percent": "15"}, as a fraction of one; less than the whole."""
    value = _table(terms, {"percent"})["percent"]
    return _between(value, Fraction(0), Fraction(60), "percent") / 100


def cancellation(terms: Any) -> CancellationTerms:
    """{"late_hours": 24, "paid_percent": "50"}."""
    found = _table(terms, {"late_hours", "paid_percent"})
    paid = _between(found["paid_percent"], Fraction(0), Fraction(100), "paid_percent")
    return CancellationTerms(_whole(found["late_hours"], 0, 24 * 14, "late_hours"), paid / 100)


def offer_window(terms: Any) -> OfferWindow:
    """{"minutes": 30, "wave": 3}."""
    found = _table(terms, {"minutes", "wave"})
    return OfferWindow(
        _whole(found["minutes"], 1, 24 * 60, "minutes"), _whole(found["wave"], 1, 20, "wave")
    )


def card_cost(terms: Any) -> CardCost:
    """{"currency": "ZAR", "percent": "2.9", "fixed": "1.00", "source": "the contract of May"}."""
    found = _table(terms, {"currency", "percent", "fixed", "source"})
    rate = _between(found["percent"], Fraction(0), Fraction(10), "percent") / 100
    fixed = Money.of(_text(found["fixed"]), str(found["currency"]))
    if fixed.minor < 0:
        raise BadInput("terms_unreadable", "A cost is not less than nothing.")
    return CardCost(rate, fixed, str(found["source"])[:200])


def weights(terms: Any) -> Weights:
    """{"fairness": 5, "continuity": 3, "travel": 2}; not all zero."""
    found = _table(terms, {"fairness", "continuity", "travel"})
    read = {key: _whole(value, 0, 100, key) for key, value in found.items()}
    if not any(read.values()):
        raise BadInput("terms_unreadable", "At least one weight is more than zero.")
    return Weights(**read)


def minutes(terms: Any) -> int:
    """{"minutes": 30}; up to three hours."""
    return _whole(_table(terms, {"minutes"})["minutes"], 0, 180, "minutes")


def written(value: Fraction) -> str:
    """An exact decimal as terms write it: "2.65"."""
    return format((Decimal(value.numerator) / Decimal(value.denominator)).normalize(), "f")


def _table(terms: Any, needed: set[str], optional: set[str] | None = None) -> Mapping[str, Any]:
    allowed = needed | (optional or set())
    if not isinstance(terms, Mapping) or not needed <= set(terms) <= allowed:
        raise BadInput(
            "terms_unreadable",
            "These terms say %(fields)s and nothing else.",
            fields=", ".join(sorted(needed)),
        )
    return terms


def _text(value: Any) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise BadInput(
            "terms_unreadable", "Write the figure in quotes, not as %(value)r.", value=value
        )
    return str(value)


def _between(value: Any, least: Fraction, most: Fraction, name: str) -> Fraction:
    try:
        read = Fraction(Decimal(_text(value)))
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise BadInput(
            "terms_unreadable", "%(name)s is a number, not %(value)r.", name=name, value=value
        ) from error
    if not least <= read <= most:
        raise BadInput(
            "terms_unreadable",
            "%(name)s lies between %(least)s and %(most)s.",
            name=name,
            least=least,
            most=most,
        )
    return read


def _whole(value: Any, least: int, most: int, name: str) -> int:
    read = _between(value, Fraction(least), Fraction(most), name)
    if read.denominator != 1:
        raise BadInput("terms_unreadable", "%(name)s is a whole number.", name=name)
    return int(read)
