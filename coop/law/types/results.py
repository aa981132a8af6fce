"""Answers of the law: every amount with its rule, its source and the figures it touched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction

from coop.kernel import Money, Said
from coop.law.types.figures import Cited, Confidence, Figure, Source


@dataclass(frozen=True, slots=True)
class Halves:
    """A worker's part, an employer's part, and both together."""

    worker: Money
    employer: Money
    total: Money


@dataclass(frozen=True, slots=True)
class Part:
    """One slice of a line, so a member can add it up by hand."""

    name: str
    base: Money
    worker: Money
    employer: Money


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """What one scheme takes. worker + employer = total; `before_rounding`: the plain halves."""

    scheme: str
    name: str
    base: Money
    worker: Money
    employer: Money
    total: Money
    before_rounding: Halves
    parts: tuple[Part, ...]
    rule: Said
    rule_id: str
    period: str
    source: Source
    confidence: Confidence
    review_by: date | None
    note: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """A scheme that takes nothing here, and why. `cited` is None when no rule is in force."""

    scheme: str
    name: str
    reason: str
    code: str
    cited: Cited | None


@dataclass(frozen=True, slots=True)
class ContributionResult:
    """All schemes of the place for one pay; the totals are the sums of the lines."""

    country: str
    on: date
    gross: Money
    regime: str | None
    lines: tuple[ContributionLine, ...]
    skipped: tuple[SkippedLine, ...]
    worker: Money
    employer: Money
    total: Money

    @property
    def cited(self) -> tuple[Cited, ...]:
        return tuple(c for line in self.lines for c in line.cited)


@dataclass(frozen=True, slots=True)
class WageMinimum:
    """The legal minimum by hour, day and month, each only where the law or its divisors give it.

    `exact_*` are unrounded minor units; the Money is settled up so that it never undercuts.
    `worked_hour` is the least for an hour of work when nothing else pays for the rest day: where a
    month's wage pays rest days too, it carries the hour's part of them.
    """

    country: str
    on: date
    hour: Figure[Money]
    day: Figure[Money] | None
    month: Figure[Money] | None
    worked_hour: Figure[Money]
    exact_hour: Fraction
    exact_worked_hour: Fraction
    exact_day: Fraction | None
    transport_day: Figure[Money] | None
    transport_month: Figure[Money] | None
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class DayRate:
    """The least a day's work costs: the day, its part of the paid rest day, and transport."""

    base: Money
    rest_day_part: Money
    transport: Money
    total: Money
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The limits of working time in force; None where the pack has no figure. All in hours."""

    week_max: Figure[Fraction]
    day_max: Figure[Fraction] | None
    day_max_six_days: Figure[Fraction] | None
    overtime_week_max: Figure[Fraction] | None
    work_day_max: Figure[Fraction] | None
    daily_rest: Figure[Fraction] | None
    weekly_rest: Figure[Fraction] | None
    meal_after: Figure[Fraction] | None
    meal_minutes: Figure[Fraction] | None
    night_from: Figure[time] | None
    night_to: Figure[time] | None
    minimum_visit: Figure[Fraction] | None


@dataclass(frozen=True, slots=True)
class PremiumResult:
    """What hours of a special kind earn: ordinary part, premium, both, by which multiplier."""

    kind: str
    hours: Fraction
    paid_hours: Fraction
    ordinary: Money
    extra: Money
    total: Money
    multiplier: Fraction
    rule: Said
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """A thirteenth month, severance fund, interest or vacation earned over some days."""

    id: str
    name: str
    base: Money
    days: int
    amount: Money
    rule: Said
    due: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class LeaveAccrual:
    """Leave earned by hours worked: `earned` in hours, exact."""

    hours: Fraction
    earned: Fraction
    figure: Figure[Fraction]


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice owed after a tenure, with the step that says so."""

    length: int
    unit: str
    rule: Said
    cited: Cited
