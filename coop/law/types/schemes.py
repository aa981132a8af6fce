"""How a pack writes down a contribution scheme: four kinds of table, each with its own rounding."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from coop.kernel import Rounding
from coop.law.types.figures import Dated, Number, Strict


class Employer(StrEnum):
    """Who employs the worker before the fund: the household itself or the cooperative."""

    HOUSEHOLD = "household"
    COOPERATIVE = "cooperative"


class Step(Strict):
    """Settle to a multiple of `to` (major units) by the rule `how`."""

    to: Number
    how: Rounding


class LineRounding(Strict):
    """How a line is settled: base, each slice, each half, and the whole (borne by the employer)."""

    base: Step | None = None
    slice: Step | None = None
    half: Step
    total: Step | None = None


class Limit(Strict):
    """A bound of a base: an amount, or so many monthly minimum wages. One of them is set."""

    amount: Number | None = None
    minimum_wages: Number | None = None


class WeeksByDays(Strict):
    """So many days of the month (both ends included) count as so many weeks."""

    from_days: int
    to_days: int
    weeks: int


class Applies(Strict):
    """When a scheme touches a person; what is left empty does not limit."""

    employers: tuple[Employer, ...] = tuple(Employer)
    regimes: tuple[str, ...] = ()
    min_hours_month: Number | None = None
    pay_month_max: Number | None = None
    otherwise: str = ""


class SchemePeriod(Dated):
    """What every kind of scheme row has in common.

    `allowances` count in the base, are left out, or count above `allowances_share_max` of the pay.
    """

    rounding: LineRounding
    applies: Applies = Applies()
    of: str = "remuneration"
    allowances: Literal["count", "left_out", "above_share"] = "count"


class RateStep(Strict):
    """The worker's rate on the whole base once pay reaches so many minimum wages."""

    from_minimum_wages: Number
    worker: Number


class RatePeriod(SchemePeriod):
    """A share of a base: pay, the whole minimum wage, or weeks of it counted from days."""

    kind: Literal["rate"]
    worker: Number
    employer: Number
    employer_by_class: dict[str, Number] = {}
    employer_parts: dict[str, Number] = {}
    base: Literal["pay", "minimum_wage", "weeks_of_minimum_wage"] = "pay"
    weeks_by_days: tuple[WeeksByDays, ...] = ()
    weeks_in_minimum_wage: int = 4
    base_floor: Limit | None = None
    ceiling: Limit | None = None
    worker_at_least: Number | None = None
    worker_steps: tuple[RateStep, ...] = ()
    per_100: bool = False


class Slice(Strict):
    """The part of pay above the slice before and up to `up_to` (None: without end)."""

    name: str = ""
    up_to: Number | None
    worker: Number
    employer: Number


class SlicesPeriod(SchemePeriod):
    """Tiers and progressive tables: each slice of pay bears its own rates."""

    kind: Literal["slices"]
    slices: tuple[Slice, ...]


class PayClass(Strict):
    """A class of pay from `pay_from`, with its fixed amounts per week or month."""

    name: str
    pay_from: Number
    worker: Number
    employer: Number


class ClassesPeriod(SchemePeriod):
    """Fixed amounts by class of weekly or monthly pay."""

    kind: Literal["classes"]
    per: Literal["week", "month"] = "week"
    classes: tuple[PayClass, ...]


class HoursBand(Strict):
    """A band of weekly hours from `hours_from` (included), with its fixed amounts per month.

    `parts` name what the employer's amount is made of.
    """

    name: str
    hours_from: Number
    worker: Number
    employer: Number
    parts: dict[str, Number] = {}


class FixedPeriod(SchemePeriod):
    """Fixed monthly amounts, or one for each band of weekly hours. `state` pays its own part."""

    kind: Literal["fixed"]
    worker: Number | None = None
    employer: Number | None = None
    state: Number | None = None
    bands: tuple[HoursBand, ...] = ()


AnyPeriod = Annotated[
    RatePeriod | SlicesPeriod | ClassesPeriod | FixedPeriod, Field(discriminator="kind")
]


class Scheme(Strict):
    """A fund's rule, with one row for each stretch of time in which it was the same.

    Several schemes may feed one `fund` by different regimes; a line carries the fund's code.
    `due_day` is the day of the following month on which the money must be there, where it has one.
    """

    id: str
    fund: str = ""
    name: str
    law: str
    due: str = ""
    due_day: int | None = Field(default=None, ge=1, le=31)
    periods: tuple[AnyPeriod, ...]

    @property
    def code(self) -> str:
        return self.fund or self.id

    def in_force(self, on: date) -> AnyPeriod | None:
        return next((p for p in self.periods if p.holds(on)), None)


class Regime(Dated):
    """A way to be insured, chosen by days and pay; the first whose conditions hold is taken."""

    id: str
    code: str
    days_max: int | None = None
    pay_below_minimum_wages: Number | None = None
