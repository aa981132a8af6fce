"""A need and a candidate who passes every check, until a test changes one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from bookings.matching import Candidate, Limits, Need, WeekHours, checks
from bookings.queries.candidates import limits
from bookings.types import Window
from coop.kernel import TimeRange

ZONE = "Africa/Johannesburg"
#: Wednesday 11 March 2026.
DAY = date(2026, 3, 11)
#: So much latitude is 111.195 m: a thousandth of a degree of the great circle.
PLACE = (Decimal("-26.190"), Decimal("28.030"))
ALWAYS = WeekHours(tuple(Window(day, time(0), time(0)) for day in range(7)))


def on(day: date, starts: time, ends: time, zone: str = ZONE) -> TimeRange:
    return TimeRange.on_wall(day, starts, ends, zone)


def at(hour: int, until: int, day: int = 11) -> TimeRange:
    """Whole hours of a day of March 2026 in Johannesburg."""
    return on(date(2026, 3, day), time(hour % 24), time(until % 24))


def law(country: str = "ZA", day: date = DAY) -> Limits:
    return limits(country, day)


def need(during: TimeRange | None = None, **other: Any) -> Need:
    made = Need(during or at(9, 13), ZONE, "cleaning", "Cleaning", PLACE, law())
    return replace(made, **other)


def worker(number: int = 1, **other: Any) -> Candidate:
    made = Candidate(UUID(int=number), frozenset({"cleaning"}), ALWAYS, place=PLACE)
    return replace(made, **other)


def failed(visit: Need, who: Candidate) -> list[str]:
    """The names of the checks she does not pass."""
    return [line.name for line in checks(visit, who)[0] if not line.passed]
