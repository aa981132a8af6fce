"""Leave earned by hours, thirteenth month and severance funds, and the notice owed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from coop.kernel import BadInput, Money, Said, round_fraction, saying
from coop.law.rules.wages import transport_allowance
from coop.law.types import (
    Benefit,
    BenefitLine,
    Figure,
    LeaveAccrual,
    Name,
    Notice,
    Pack,
    in_force,
    silent,
)  # fmt: skip


def accrue_leave(pack: Pack, *, hours: Fraction | int, on: date) -> LeaveAccrual:
    """The hours of paid leave that hours of work earn; exact, so no minute is lost over a year."""
    if hours < 0:
        raise BadInput("hours_negative", "Hours are not negative.")
    figure = pack.must(Name.LEAVE_PER_HOUR, on)
    return LeaveAccrual(Fraction(hours), Fraction(hours) * figure.value, figure)


def leave_days_year(pack: Pack, on: date, years: int = 1) -> tuple[int, Said]:
    """The days of leave a year after so many years of service, and the rule in words."""
    for step in in_force(pack.leave_steps, on):
        if step.over_years < years and (step.up_to_years is None or years <= step.up_to_years):
            return step.days, saying(step.rule)
    figure = pack.must(Name.LEAVE_DAYS_YEAR, on)
    return int(figure.value), figure.rule


def benefits(
    pack: Pack,
    *,
    wage: Money,
    days: int,
    on: date,
    transport: Money | None = None,
    part: Fraction = Fraction(1),
) -> tuple[BenefitLine, ...]:
    """Every benefit the place adds up over days (360 to a year) on a month's wage.

    `transport` is the month's allowance; when not said, the one this wage is entitled to. `part`:
    how much of it is asked, such as a month's twelfth of a whole year's.
    """
    if not 0 <= days <= 366:
        raise BadInput(
            "days_unlikely", "Benefits are added up over a year, not %(days)s days.", days=days
        )
    if transport is None:
        allowance = transport_allowance(pack, gross=wage, on=on)
        transport = allowance.value if allowance else Money.zero(pack.currency)
    exact: dict[str, Fraction] = {
        "wage": Fraction(wage.minor),
        "wage_and_transport": Fraction(wage.minor + transport.minor),
    }
    lines: list[BenefitLine] = []
    for row in in_force(pack.benefits, on):
        if row.base not in exact:
            raise silent(pack.country, f"base {row.base!r} for {row.id}", on)
        exact[row.id] = exact[row.base] * days / row.divisor * row.rate
        lines.append(_line(pack, row, exact[row.base], days, exact[row.id] * part))
    return tuple(lines)


def _line(pack: Pack, row: Benefit, base: Fraction, days: int, amount: Fraction) -> BenefitLine:
    return BenefitLine(
        id=row.id,
        name=row.name,
        base=_settled(pack, base),
        days=days,
        amount=_settled(pack, amount),
        rule=saying(row.rule),
        due=row.due,
        cited=pack.cited(row.id, row),
    )


def _settled(pack: Pack, minor: Fraction) -> Money:
    size = pack.money_step * pack.scale
    return Money(int(round_fraction(minor / size) * size), pack.currency)


def notice(pack: Pack, *, tenure_months: int, on: date) -> Notice:
    """The notice owed after so many months of service. Raises RuleBroken "law_silent"."""
    for step in in_force(pack.notice, on):
        over = step.over_months < tenure_months or step.over_months == tenure_months == 0
        if over and (step.up_to_months is None or tenure_months <= step.up_to_months):
            return Notice(step.length, step.unit, saying(step.rule), pack.cited("notice", step))
    raise silent(pack.country, f"notice after {tenure_months} months", on)


def sick_days(pack: Pack, on: date) -> Figure[Fraction] | None:
    """The days of sick leave, where the pack has them; the rule says over what time."""
    return pack.number(Name.SICK_DAYS, on)
