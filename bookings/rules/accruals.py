"""What the law of a place adds to each hour of pay, spread from a full month or year."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from bookings.rules.pricing import Accrual
from bookings.types import LineKind, QuoteLineCard
from coop.kernel import Money, Said, ours, round_fraction, saying
from coop.law import queries as law
from coop.law.types import Pack


def accruals(pack: Pack, *, wage: Money, employer: str, on: date) -> tuple[Accrual, ...]:
    """Employer's contributions, leave and yearly provisions as shares of the pay.

    Monthly schemes with floors, ceilings and rounding are computed for a full ordinary month at
    this wage and spread over its pay, so that one visit carries its part of the month. `employer`
    is the cooperative's employer of record, whom the pay run asks too.
    """
    hours = law.worked_month_hours(pack, on)
    month = wage.times(hours)
    return (
        *_contributions(pack, month, hours, employer, on),
        _leave(pack, on),
        *_provisions(pack, month, on),
    )


def transport_line(pack: Pack, *, wage: Money, seconds: int, on: date) -> tuple[QuoteLineCard, ...]:
    """This visit's part of the law's transport allowance, where this pay is entitled to one.

    The law owes it once for a day worked, however many visits fill the day. So each carries the
    part of it that its time is of an ordinary day, and a whole day carries it once.
    """
    month = wage.times(law.worked_month_hours(pack, on))
    allowance = law.transport_allowance(pack, gross=month, on=on)
    day = law.wage_minimum(pack, on).transport_day
    if allowance is None or day is None:
        return ()
    full = law.day_hours_max(pack, on).value
    worked = min(Fraction(seconds, 3600), full)
    size = int(pack.money_step * pack.scale)
    minor = round_fraction(day.value.minor * worked / full / size) * size
    rule = saying(
        "%(rule)s; %(worked)s h of the %(full)s of a day × %(day)s",
        rule=day.rule, worked=worked, full=full, day=day.value,
    )  # fmt: skip
    line = QuoteLineCard(
        LineKind.PROVISION, "transport", ours("Transport allowance"),
        Money(minor, pack.currency), rule, day.source.title,
    )  # fmt: skip
    return (line,)


def _contributions(
    pack: Pack, month: Money, hours: Fraction, employer: str, on: date
) -> list[Accrual]:
    result = law.contributions(pack, gross=month, on=on, hours=hours, employer=employer)
    least = law.least_month_hours(pack, on)
    return [
        Accrual(
            LineKind.CONTRIBUTION, line.scheme, line.name,
            Fraction(line.employer.minor, month.minor),
            _employers(line.rule, least.get(line.scheme)),
            line.source.title,
        )
        for line in result.lines
        if line.employer
    ]  # fmt: skip


def _employers(rule: Said, least: Fraction | None) -> Said:
    """Nobody knows a month's hours before it is over: what may not be owed is only set aside."""
    if least is None:
        return saying("employer's share: %(rule)s", rule=rule)
    return saying(
        "employer's share, set aside: %(rule)s. In a month under %(hours)s h with her nothing is"
        " owed; then it stays in the surplus of all members",
        rule=rule, hours=least,
    )  # fmt: skip


def _leave(pack: Pack, on: date) -> Accrual:
    earned = law.accrue_leave(pack, hours=1, on=on)
    return Accrual(
        LineKind.LEAVE, "leave", ours("Paid leave"), earned.earned, earned.figure.rule,
        earned.figure.source.title,
    )  # fmt: skip


def _provisions(pack: Pack, month: Money, on: date) -> list[Accrual]:
    """A year's benefits over a year's pay. Vacations are leave, which has its own line.

    Where a benefit counts the transport allowance, its rate is taken of the pay with the allowance.
    """
    nothing = Money.zero(pack.currency)
    lines = law.benefits(pack, wage=month, days=360, on=on, transport=nothing)
    more = law.benefits(pack, wage=month, days=360, on=on, transport=month)
    return [
        Accrual(
            LineKind.PROVISION, line.id, line.name, Fraction(line.amount.minor, month.minor * 12),
            line.rule, line.cited.source.title, with_allowance=line.base != with_transport.base,
        )
        for line, with_transport in zip(lines, more, strict=True)
        if line.id != "vacaciones" and line.amount
    ]  # fmt: skip
