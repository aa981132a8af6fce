"""The legal minimum by hour, day and month, and whether a pay reaches it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from coop.kernel import Money, Rate, Rounding, RuleBroken, Said, round_fraction, saying, together
from coop.law.rules.settling import plain, to_minor
from coop.law.types import (
    Cited,
    DayRate,
    Figure,
    MinimumWage,
    Name,
    Pack,
    WageMinimum,
    quote,
    silent,
)  # fmt: skip

_WEEKS_IN_MONTH = Fraction(52, 12)


def wage_floor(pack: Pack, on: date, area: str | None = None) -> Figure[Money]:
    """The least that an hour of paid work may earn, settled up so that nobody is undercut.

    It carries the hour's part of the paid rest day where the law owes one to who is paid for the
    time worked. Without an area the highest row of the place holds. Raises RuleBroken "law_silent".
    """
    return wage_minimum(pack, on, area).worked_hour


def wage_minimum(pack: Pack, on: date, area: str | None = None) -> WageMinimum:
    """The minimum wage in force by hour, day and month. Raises RuleBroken "law_silent"."""
    row = pack.wage_row(on, area)
    if row is None:
        raise silent(pack.country, "minimum wage", on)
    cited = pack.cited_wage(row)
    hour, hour_words, from_divisor = _hour(pack, row, on)
    worked, worked_words, from_rest = _worked_hour(pack, hour, hour_words, on)
    day, day_words = _day(pack, row, on)
    month = None
    if row.month is not None:
        words = saying(row.law) if row.law else saying("minimum wage a month")
        month = quote(cited, "month", pack.money(row.month), "per month", words)
    transport = row.transport_month
    return WageMinimum(
        country=pack.country,
        on=on,
        hour=_up(pack, cited, "hour", hour, hour_words),
        day=_up(pack, cited, "day", day, day_words) if day is not None else None,
        month=month,
        worked_hour=_up(pack, cited, "worked_hour", worked, worked_words),
        exact_hour=hour,
        exact_worked_hour=worked,
        exact_day=day,
        transport_day=_transport_day(pack, row, cited, on),
        transport_month=None
        if transport is None
        else quote(
            cited, "transport_month", pack.money(transport), "per month", saying("transport")
        ),
        cited=(cited, *from_divisor, *from_rest),
    )


def minimum_for(pack: Pack, on: date, hours: Fraction | int, area: str | None = None) -> Money:
    """The least that so many hours of work may earn: the exact hour times them, settled up."""
    exact_hour = wage_minimum(pack, on, area).exact_worked_hour
    return Money(round_fraction(exact_hour * Fraction(hours), Rounding.UP), pack.currency)


def worked_month_hours(pack: Pack, on: date) -> Fraction:
    """The hours of work that a month's wage is for: without the rest days it pays as well.

    The divisor of the law over one and the rest day's part; else the ordinary week × 52 / 12.
    """
    divisor = pack.number(Name.HOUR_DIVISOR, on)
    if divisor is None:
        return pack.must(Name.WEEK_HOURS_MAX, on).value * _WEEKS_IN_MONTH
    part = pack.number(Name.REST_DAY_PART, on)
    return divisor.value / (1 + part.value) if part else divisor.value


def check_wage(
    pack: Pack, *, gross: Money, hours: Fraction | int, on: date, area: str | None = None
) -> Money:
    """Refuse a pay under the legal minimum for its hours ("below_law"); returns that minimum."""
    least = minimum_for(pack, on, hours, area)
    if gross < least:
        floor = wage_floor(pack, on, area)
        raise RuleBroken(
            "below_law",
            "%(gross)s for %(hours)s hours is below the legal minimum of %(minimum)s"
            " (%(rule)s; %(source)s). Raise the pay.",
            minimum=least,
            gross=gross,
            rule=floor.rule,
            source=floor.source.title,
            hours=plain(Fraction(hours)),
        )
    return least


def day_rate(pack: Pack, on: date) -> DayRate:
    """A day worker's least cost: the day, the part of a paid rest day it earns, and transport.

    Each part is settled for reading; the total is settled from the exact sum.
    """
    wage = wage_minimum(pack, on)
    if wage.exact_day is None:
        raise silent(pack.country, "minimum wage by day", on)
    row = pack.wage_row(on)
    divisor = pack.must(Name.DAY_DIVISOR, on)
    part = pack.number(Name.REST_DAY_PART, on)
    rest = wage.exact_day * part.value if part else Fraction(0)
    transport = Fraction(0)
    if row is not None and row.transport_month is not None:
        transport = to_minor(pack, row.transport_month) / divisor.value
    return DayRate(
        base=_near(pack, wage.exact_day),
        rest_day_part=_near(pack, rest),
        transport=_near(pack, transport),
        total=_near(pack, wage.exact_day + rest + transport),
        cited=(*wage.cited, divisor, *((part,) if part else ())),
    )


def transport_allowance(pack: Pack, *, gross: Money, on: date) -> Figure[Money] | None:
    """The month's transport allowance when this pay is entitled to it; None when it is not."""
    row = pack.wage_row(on)
    most = pack.number(Name.TRANSPORT_WAGES_MAX, on)
    if row is None or row.transport_month is None or row.month is None:
        return None
    if most is not None and gross.minor > to_minor(pack, row.month * most.value):
        return None
    words = (
        saying("for pay up to %(n)s minimum wages", n=most.value)
        if most
        else saying("for every worker")
    )
    cited = pack.cited_wage(row)
    return quote(cited, "transport_month", pack.money(row.transport_month), "per month", words)


def _hour(pack: Pack, row: MinimumWage, on: date) -> tuple[Fraction, Said, tuple[Cited, ...]]:
    """Exact minor units per hour, how it was found, and the divisor it took."""
    if row.hour is not None:
        return to_minor(pack, row.hour), saying("minimum wage an hour"), ()
    if row.month is not None and (divisor := pack.number(Name.HOUR_DIVISOR, on)):
        hour = to_minor(pack, row.month) / divisor.value
        housing = pack.number(Name.HOUSING_SHARE, on)
        if housing is None:
            words = saying("minimum wage a month / %(hours)s hours", hours=divisor.value)
            return hour, words, (divisor,)
        words = saying(
            "minimum wage a month / %(hours)s hours with %(housing)s for housing",
            hours=divisor.value, housing=Rate(housing.value),
        )  # fmt: skip
        return hour * (1 + housing.value), words, (divisor, housing)
    day, _ = _day(pack, row, on)
    limit = pack.number(Name.DAY_HOURS_MAX, on)
    if day is None or limit is None:
        raise silent(pack.country, "minimum wage by hour, or a divisor for it,", on)
    words = saying("minimum wage a day / %(hours)s hours", hours=limit.value)
    return day / limit.value, words, (limit,)


def _worked_hour(
    pack: Pack, hour: Fraction, words: Said, on: date
) -> tuple[Fraction, Said, tuple[Cited, ...]]:
    """The hour with its part of the paid rest day, and the figure that says so."""
    part = pack.number(Name.REST_DAY_PART, on)
    if part is None:
        return hour, words, ()
    with_rest = together(
        [words, saying("and %(part)s more for the paid rest day", part=plain(part.value))]
    )
    return hour * (1 + part.value), with_rest, (part,)


def _day(pack: Pack, row: MinimumWage, on: date) -> tuple[Fraction | None, Said]:
    if row.day is not None:
        return to_minor(pack, row.day), saying("minimum wage a day")
    if row.month is not None and (divisor := pack.number(Name.DAY_DIVISOR, on)):
        words = saying("minimum wage a month / %(days)s", days=divisor.value)
        return to_minor(pack, row.month) / divisor.value, words
    return None, Said("")


def _transport_day(pack: Pack, row: MinimumWage, cited: Cited, on: date) -> Figure[Money] | None:
    divisor = pack.number(Name.DAY_DIVISOR, on)
    if row.transport_month is None or divisor is None:
        return None
    day = to_minor(pack, row.transport_month) / divisor.value
    words = saying("transport allowance / %(days)s for each day worked", days=divisor.value)
    return quote(cited, "transport_day", _near(pack, day), "per day", words)


def _up(pack: Pack, cited: Cited, name: str, minor: Fraction, words: Said) -> Figure[Money]:
    amount = Money(round_fraction(minor, Rounding.UP), pack.currency)
    return quote(cited, name, amount, f"per {name.removeprefix('worked_')}", words)


def _near(pack: Pack, minor: Fraction) -> Money:
    """To the smallest sum the place pays in (`money_step`), nearest."""
    size = pack.money_step * pack.scale
    return Money(int(round_fraction(minor / size) * size), pack.currency)
