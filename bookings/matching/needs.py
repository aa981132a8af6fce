"""The plain values pairing looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from bookings.types import CheckLine, DayException, ScoreLine, Window
from coop.kernel import Said, TimeRange, saying

_LAW = saying("law")


@dataclass(frozen=True, slots=True)
class Limits:
    """The law's working time in hours, with the rule in words; None where the law is silent."""

    week_max: Fraction | None
    day_max: Fraction | None
    day_max_six_days: Fraction | None
    daily_rest: Fraction | None
    weekly_rest: Fraction | None
    source: Said = _LAW
    day_source: Said = _LAW


@dataclass(frozen=True, slots=True)
class Need:
    """A visit that needs somebody."""

    during: TimeRange
    zone: str
    skill: str
    skill_name: str
    place: tuple[Decimal, Decimal]
    limits: Limits


@dataclass(frozen=True, slots=True)
class WeekHours:
    """When she said she is free: her week, dates that differ, and her leave [from, until)."""

    week: tuple[Window, ...] = ()
    exceptions: tuple[DayException, ...] = ()
    leave: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A worker as pairing sees her: no name, no phone, no score but these.

    `busy` is all her work around the visit, wherever it is; `received_seconds` and
    `wanted_seconds` are over the rolling 28 days. `again`: she let one offer of this visit pass,
    and nobody else is left to ask.
    """

    worker_id: UUID
    skills: frozenset[str]
    hours: WeekHours
    busy: tuple[TimeRange, ...] = ()
    place: tuple[Decimal, Decimal] | None = None
    travels_km: int = 15
    avoided: bool = False
    asked: bool = False
    again: bool = False
    received_seconds: int = 0
    wanted_seconds: int = 0
    visits_here: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with what she passed and failed, and her place in the order if she passed all."""

    candidate: Candidate
    checks: tuple[CheckLine, ...]
    metres: int | None
    scores: tuple[ScoreLine, ...] = field(default=())
    total: Fraction = Fraction(0)
    rank: int | None = None

    @property
    def eligible(self) -> bool:
        return all(check.passed for check in self.checks)
