"""What the law of a place adds to each hour of pay, spread from a full month or year."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bookings.rules.pricing import Accrual
from bookings.types import LineKind, QuoteLineCard
from coop.kernel import Money
from coop.law import queries as law
from coop.law.types import Name, Pack

_WEEKS_IN_MONTH = Fraction(52, 12)


def accruals(pack: Pack, *, wage: Money, on: date) -> tuple[Accrual, ...]:
    """Employer's contributions, leave and yearly provisions as shares of the pay.

    Monthly schemes with floors, ceilings and rounding are computed for a full ordinary month at
    this wage and spread over its pay, so that one visit carries its part of the month.
    """
    hours = month_hours(pack, on)
    month = wage.times(hours)
    return (
        *_contributions(pack, month, hours, on),
        _leave(pack, on),
        *_provisions(pack, month, on),
    )


def transport_line(pack: Pack, *, wage: Money, on: date) -> tuple[QuoteLineCard, ...]:
    """The law's transport allowance for a day worked, where this pay is entitled to one."""
    month = wage.times(month_hours(pack, on))
    if law.transport_allowance(pack, gross=month, on=on) is None:
        return ()
    day = law.wage_minimum(pack, on).transport_day
    if day is None:
        return ()
    line = QuoteLineCard(
        LineKind.PROVISION, "transport", "Transport allowance", day.value, day.rule,
        day.source.title,
    )  # fmt: skip
    return (line,)


def month_hours(pack: Pack, on: date) -> Fraction:
    """The hours a month's wage is for: the law's divisor, else its ordinary week × 52 / 12."""
    divisor = pack.number(Name.HOUR_DIVISOR, on)
    return divisor.value if divisor else law.week_hours_max(pack, on).value * _WEEKS_IN_MONTH


def _contributions(pack: Pack, month: Money, hours: Fraction, on: date) -> list[Accrual]:
    result = law.contributions(pack, gross=month, on=on, hours=hours)
    return [
        Accrual(
            LineKind.CONTRIBUTION, line.scheme, line.name,
            Fraction(line.employer.minor, month.minor), f"employer's share: {line.rule}",
            line.source.title,
        )
        for line in result.lines
        if line.employer
    ]  # fmt: skip


def _leave(pack: Pack, on: date) -> Accrual:
    earned = law.accrue_leave(pack, hours=1, on=on)
    return Accrual(
        LineKind.LEAVE, "leave", "Paid leave", earned.earned, earned.figure.rule,
        earned.figure.source.title,
    )  # fmt: skip


def _provisions(pack: Pack, month: Money, on: date) -> list[Accrual]:
    """A year's benefits over a year's pay. Vacations are leave, which has its own line."""
    lines = law.benefits(pack, wage=month, days=360, on=on)
    return [
        Accrual(
            LineKind.PROVISION, line.id, line.name, Fraction(line.amount.minor, month.minor * 12),
            line.rule, line.cited.source.title,
        )
        for line in lines
        if line.id != "vacaciones" and line.amount
    ]  # fmt: skip
