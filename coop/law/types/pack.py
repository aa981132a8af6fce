"""A pack: what one country's law says, as typed data. Only `coop.law.registry` loads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from enum import StrEnum
from fractions import Fraction
from typing import Literal, TypeVar

from coop.kernel import Money, RuleBroken, Said, saying
from coop.kernel.money import MINOR_DIGITS
from coop.law.types.figures import Cited, Dated, Figure, Number, Source, Strict, cite
from coop.law.types.schemes import Employer, Regime, Scheme
from coop.law.types.surplus import StatutoryShare, SurplusLaw

D = TypeVar("D", bound=Dated)


class Name(StrEnum):
    """The figures a pack may carry. A name that is not here does not load."""

    DAY_DIVISOR = "day_divisor"
    HOUR_DIVISOR = "hour_divisor"
    REST_DAY_PART = "rest_day_part"
    TRANSPORT_WAGES_MAX = "transport_wages_max"
    HOUSING_SHARE = "housing_share"
    WEEK_HOURS_MAX = "week_hours_max"
    DAY_HOURS_MAX = "day_hours_max"
    DAY_HOURS_MAX_SIX_DAYS = "day_hours_max_six_days"
    WORK_DAY_HOURS_MAX = "work_day_hours_max"
    OVERTIME_WEEK_HOURS_MAX = "overtime_week_hours_max"
    DAILY_REST_HOURS = "daily_rest_hours"
    WEEKLY_REST_HOURS = "weekly_rest_hours"
    MEAL_AFTER_HOURS = "meal_after_hours"
    MEAL_MINUTES = "meal_minutes"
    MINIMUM_VISIT_HOURS = "minimum_visit_hours"
    NIGHT_FROM = "night_from"
    NIGHT_TO = "night_to"
    NIGHT_PREMIUM = "night_premium"
    OVERTIME_MULTIPLIER = "overtime_multiplier"
    OVERTIME_NIGHT_MULTIPLIER = "overtime_night_multiplier"
    REST_DAY_MULTIPLIER = "rest_day_multiplier"
    REST_DAY_USUAL_MULTIPLIER = "rest_day_usual_multiplier"
    HOLIDAY_MULTIPLIER = "holiday_multiplier"
    STANDBY_ALLOWANCE = "standby_allowance"
    STANDBY_FROM = "standby_from"
    STANDBY_TO = "standby_to"
    STANDBY_MONTH_MAX = "standby_month_max"
    STANDBY_YEAR_MAX = "standby_year_max"
    LEAVE_PER_HOUR = "leave_per_hour"
    LEAVE_DAYS_YEAR = "leave_days_year"
    SICK_DAYS = "sick_days"
    FAMILY_LEAVE_DAYS = "family_leave_days"
    MATERNITY_DAYS = "maternity_days"
    PATERNITY_DAYS = "paternity_days"
    SEVERANCE_WEEKS_YEAR = "severance_weeks_year"
    ACCOMMODATION_MAX = "accommodation_max"
    IN_KIND_MAX = "in_kind_max"
    TRANSPORT_DEDUCTION_MAX = "transport_deduction_max"
    TRIAL_DAYS = "trial_days"
    COMPENSATION_YEAR_MIN = "compensation_year_min"
    NIGHT_WEEK_HOURS_MAX = "night_week_hours_max"
    TWO_WEEKS_HOURS_MAX = "two_weeks_hours_max"
    NIGHT_TWO_WEEKS_HOURS_MAX = "night_two_weeks_hours_max"
    NIGHT_HOUR_MINUTES = "night_hour_minutes"
    PART_TIME_WEEK_HOURS_MAX = "part_time_week_hours_max"
    PART_TIME_DAY_HOURS_MAX = "part_time_day_hours_max"
    PART_TIME_EXTRA_DAY_HOURS = "part_time_extra_day_hours"
    TRAVEL_PREMIUM = "travel_premium"
    ZONE_SUPPLEMENT = "zone_supplement"
    SENIORITY_SUPPLEMENT_YEAR = "seniority_supplement_year"
    ALLOWANCES_SHARE_MAX = "allowances_share_max"
    SERVICE_PAY_DAYS_YEAR = "service_pay_days_year"
    MINIMUM_AGE = "minimum_age"
    RECORDS_YEARS = "records_years"
    # No law, but dated and sourced like it: what a new cooperative of the place begins with.
    FOUNDING_WAGE_RATIO = "founding_wage_ratio"
    FOUNDING_WAGE_STEP = "founding_wage_step"
    FOUNDING_WAGE = "founding_wage"
    CARD_RATE = "card_rate"
    CARD_FIXED = "card_fixed"


CLOCK = frozenset({Name.NIGHT_FROM, Name.NIGHT_TO, Name.STANDBY_FROM, Name.STANDBY_TO})
MONEY = frozenset(
    {
        Name.STANDBY_ALLOWANCE, Name.COMPENSATION_YEAR_MIN, Name.FOUNDING_WAGE_STEP,
        Name.FOUNDING_WAGE, Name.CARD_FIXED,
    }
)  # fmt: skip


class DatedValue(Dated):
    """One value of a named figure; numbers and amounts quoted, clocks as "HH:MM"."""

    value: str


class NamedFigure(Strict):
    """A figure over time. `rule` says in words what it demands."""

    unit: str
    rule: str
    values: tuple[DatedValue, ...]


class MinimumWage(Dated):
    """A minimum wage row; what is None is derived by divisors. `area` where the law has areas."""

    area: str | None = None
    hour: Number | None = None
    day: Number | None = None
    month: Number | None = None
    transport_month: Number | None = None
    law: str = ""


class LivingWage(Dated):
    """A published living-wage reference per month: for comparison, never a legal floor."""

    scope: str
    month: Number
    month_to: Number | None = None
    basis: str


class Benefit(Dated):
    """amount = base × days / divisor × rate; `base` is wage, wage_and_transport or a benefit.

    `days` of a whole one: 360 for a year, 180 for a half-year.
    """

    id: str
    name: str
    base: str
    divisor: Number
    rate: Number = Fraction(1)
    rule: str
    due: str = ""
    days: int = 360


class NoticeStep(Dated):
    """Notice for a tenure above `over_months` and up to `up_to_months` (included; None: no end)."""

    over_months: int
    up_to_months: int | None
    length: int
    unit: Literal["days", "weeks", "months"]
    rule: str


class LeaveStep(Dated):
    """Days of leave a year after `over_years` and up to `up_to_years` of service."""

    over_years: int
    up_to_years: int | None
    days: int
    rule: str


class Rule(Dated):
    """A rule said in words, which no computation uses but a member may read."""

    about: str
    text: str


class Pack(Strict):
    """The law of one country. Every lookup takes the day; a missing figure is never guessed."""

    country: str
    currency: str
    compiled: date
    sources: dict[str, Source]
    money_step: Number
    premiums_combine: Literal["add", "highest"] = "highest"
    schemes: tuple[Scheme, ...] = ()
    regimes: tuple[Regime, ...] = ()
    minimum_wages: tuple[MinimumWage, ...] = ()
    usual_area: str | None = None
    usual_employer: Employer = Employer.HOUSEHOLD
    figures: dict[Name, NamedFigure] = {}
    benefits: tuple[Benefit, ...] = ()
    notice: tuple[NoticeStep, ...] = ()
    leave_steps: tuple[LeaveStep, ...] = ()
    living_wage: tuple[LivingWage, ...] = ()
    surplus: SurplusLaw | None = None
    rules: tuple[Rule, ...] = ()

    @property
    def scale(self) -> int:
        """Minor units in one major unit."""
        return int(10 ** MINOR_DIGITS[self.currency])

    def money(self, major: Fraction) -> Money:
        return Money.of(major, self.currency)

    def cited(self, name: str, row: Dated) -> Cited:
        return cite(self.country, name, row, self.sources)

    def cited_wage(self, row: MinimumWage) -> Cited:
        """The credentials of a minimum wage; its area is part of its name."""
        return self.cited(f"minimum_wage.{row.area}" if row.area else "minimum_wage", row)

    def number(self, name: Name, on: date) -> Figure[Fraction] | None:
        found = self._found(name, on)
        if found is None:
            return None
        return _figure(self, name, found, Fraction(found.value))

    def amount(self, name: Name, on: date) -> Figure[Money] | None:
        found = self._found(name, on)
        if found is None:
            return None
        return _figure(self, name, found, self.money(Fraction(found.value)))

    def clock(self, name: Name, on: date) -> Figure[time] | None:
        found = self._found(name, on)
        if found is None:
            return None
        return _figure(self, name, found, time.fromisoformat(found.value))

    def must(self, name: Name, on: date) -> Figure[Fraction]:
        """The number in force, or RuleBroken "law_silent"."""
        figure = self.number(name, on)
        if figure is None:
            raise silent(self.country, name.replace("_", " "), on)
        return figure

    def wage_row(self, on: date, area: str | None = None) -> MinimumWage | None:
        """The row in force for the area; else of the usual one; else the highest of all."""
        area = area or self.usual_area
        rows = [r for r in in_force(self.minimum_wages, on) if area is None or r.area == area]
        return max(rows, key=lambda r: r.month or r.day or r.hour or Fraction(0), default=None)

    def statutory_shares(self, on: date) -> list[StatutoryShare]:
        return in_force(self.surplus.statutory, on) if self.surplus else []

    def _found(self, name: Name, on: date) -> DatedValue | None:
        named = self.figures.get(name)
        return next(iter(in_force(named.values, on)), None) if named else None


V = TypeVar("V", Fraction, Money, time)


def _figure(pack: Pack, name: Name, row: DatedValue, value: V) -> Figure[V]:
    named = pack.figures[name]
    return quote(pack.cited(name.value, row), name.value, value, named.unit, saying(named.rule))


def quote(cited: Cited, name: str, value: V, unit: str, rule: Said) -> Figure[V]:
    """A figure that is derived rather than listed keeps the credentials of the row it came from."""
    return Figure(
        key=cited.key,
        effective_from=cited.effective_from,
        effective_to=cited.effective_to,
        source=cited.source,
        confidence=cited.confidence,
        review_by=cited.review_by,
        name=name,
        value=value,
        unit=unit,
        rule=rule,
    )


def in_force(rows: Sequence[D], on: date) -> list[D]:
    return [row for row in rows if row.holds(on)]


def silent(country: str, what: str, on: date) -> RuleBroken:
    """The refusal when a pack has no figure for a day: nothing is guessed."""
    return RuleBroken(
        "law_silent",
        "The pack of %(country)s has no %(what)s in force on %(on)s;"
        " add the figure with its source.",
        country=country,
        what=what,
        on=str(on),
    )
