"""Answers about pay: contributions, the minimum wage, and premiums, as plain dictionaries."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from coop.kernel import BadInput, Money, Rounding, RuleBroken, round_fraction, saying
from coop.law.management.answers import Answer, credentials, figure_line, head, row, warnings
from coop.law.rules import premiums, wages
from coop.law.rules.contributions import contributions
from coop.law.rules.settling import plain
from coop.law.types import (
    Cited,
    ContributionLine,
    ContributionResult,
    Figure,
    Name,
    Pack,
    Part,
    RatePeriod,
    SkippedLine,
    WageMinimum,
    quote,
    silent,
)  # fmt: skip

_WEEKS_IN_MONTH = Fraction(52, 12)


def contributions_answer(
    pack: Pack, *, gross: Money | None, days: list[int], on: date, today: date, **known: Any
) -> Answer:
    """All schemes on a pay; for a list of days, an answer for each and all lines together.

    Without a pay, that of the days at the minimum wage.
    """
    each: list[int | None] = [*days] or [None]
    asked = [_one(pack, gross, n, on, today, known) for n in each]
    if len(asked) == 1:
        return asked[0]
    lines = [{"days": a["days"], **line} for a in asked for line in a["lines"]]
    seen = {w["message"]: w for a in asked for w in a["warnings"]}
    many = {"days": days, "weeks": [a.get("weeks") for a in asked], "answers": asked}
    return {**head(pack, on), **many, "lines": lines, "warnings": list(seen.values())}


def _one(
    pack: Pack, gross: Money | None, days: int | None, on: date, today: date, known: dict[str, Any]
) -> Answer:
    pay = gross if gross is not None else _least_pay(pack, days or 0, on)
    result = contributions(pack, gross=pay, on=on, days=days, **known)
    if not result.lines and all(skip.code == "not_in_force" for skip in result.skipped):
        raise silent(pack.country, "contribution", on)
    answer: Answer = {**head(pack, on), "gross": pay.major(), "regime": result.regime}
    answer["employer"] = known["employer"]
    if days is not None:
        answer["days"] = days
        answer |= _weeks(pack, days, on)
    return answer | {
        "lines": [_line(line) for line in result.lines],
        "skipped": [_skipped(skip) for skip in result.skipped],
        "totals": _totals(result),
        "warnings": warnings(result.cited, today),
    }


def _least_pay(pack: Pack, days: int, on: date) -> Money:
    exact_day = wages.wage_minimum(pack, on).exact_day
    if exact_day is None:
        raise BadInput("gross_missing", "Say the amount: --%(name)s 1000.00.", name="gross")
    return Money(round_fraction(exact_day * days, Rounding.UP), pack.currency)


def _weeks(pack: Pack, days: int, on: date) -> Answer:
    """The weeks that days count for, where a scheme of the place counts so."""
    for scheme in pack.schemes:
        period = scheme.in_force(on)
        if isinstance(period, RatePeriod) and period.weeks_by_days:
            found = [r.weeks for r in period.weeks_by_days if r.from_days <= days <= r.to_days]
            return {"weeks": found[0] if found else 0}
    return {}


def wage_answer(
    pack: Pack,
    *,
    on: date,
    today: date,
    gross: Money | None = None,
    hours: Fraction | None = None,
    days: Fraction | None = None,
    area: str | None = None,
) -> Answer:
    """The minimum by hour, day, week and month; with a pay, whether it passes.

    Hours are all hours paid for; with days, hours of each day when they are at most 24.
    """
    wage = wages.wage_minimum(pack, on, area)
    worked = None if wage.exact_worked_hour == wage.exact_hour else wage.worked_hour
    given = (wage.hour, worked, wage.day, wage.month, wage.transport_day, wage.transport_month)
    lines = [figure_line(f) for f in (*given, *_derived(pack, wage, on)) if f is not None]
    cited = list(wage.cited)
    if wage.exact_day is not None and pack.number(Name.REST_DAY_PART, on) and area is None:
        rate = wages.day_rate(pack, on)
        cited += rate.cited
        for name in ("base", "rest_day_part", "transport", "total"):
            said = {"name": f"day_rate_{name}", "value": getattr(rate, name).major()}
            rule = "a day worked with its part of the paid rest day and transport"
            lines.append(row(rate.cited[0], said["name"], **said, unit="per day", rule=rule))
    answer: Answer = {**head(pack, on), "lines": lines, **_areas(pack, on)}
    least, known = _least(pack, wage, hours, days, gross is not None)
    if least is not None:
        amount = Money(round_fraction(least, Rounding.UP), pack.currency)
        answer |= {**known, "minimum": amount.major()}
        if gross is not None:
            answer |= {"gross": gross.major(), "passes": gross >= amount}
    answer["warnings"] = warnings(cited, today)
    return answer


def _derived(pack: Pack, wage: WageMinimum, on: date) -> list[Figure[Money]]:
    """Day, week and month worked out from the hour and the hours of the ordinary week."""
    week, day = pack.number(Name.WEEK_HOURS_MAX, on), pack.number(Name.DAY_HOURS_MAX, on)
    found = []
    if wage.day is None and day is not None:
        found.append(
            ("day", day.value, saying("%(hours)s hours at the minimum an hour", hours=day.value))
        )
    if week is not None:
        found.append(
            ("week", week.value, saying("%(hours)s hours at the minimum an hour", hours=week.value))
        )
        if wage.month is None:
            said = saying("%(hours)s hours at the minimum an hour, 52 weeks / 12", hours=week.value)
            found.append(("month", week.value * _WEEKS_IN_MONTH, said))
    return [
        quote(
            wage.cited[0], name,
            Money(round_fraction(wage.exact_hour * hours, Rounding.UP), pack.currency),
            f"per {name}", rule,
        )
        for name, hours, rule in found
    ]  # fmt: skip


def _areas(pack: Pack, on: date) -> Answer:
    rows = [r for r in pack.minimum_wages if r.area and r.holds(on)]
    if not rows:
        return {}
    shown = {
        r.area: {
            unit: pack.money(value).major()
            for unit, value in (("hour", r.hour), ("day", r.day), ("month", r.month))
            if value is not None
        }
        for r in rows
    }
    return {"areas": shown}


def _least(
    pack: Pack, wage: WageMinimum, hours: Fraction | None, days: Fraction | None, pay: bool
) -> tuple[Fraction | None, Answer]:
    """The exact minimum for the time that was said; for a pay alone, of the month."""
    if hours is not None:
        if days is not None and hours <= 24:
            hours *= days
        return wage.exact_hour * hours, {"hours": plain(hours)}
    if days is not None:
        day = wage.exact_day
        if day is None:
            day = wage.exact_hour * pack.must(Name.DAY_HOURS_MAX, wage.on).value
        return day * days, {"days": plain(days)}
    if not pay:
        return None, {}
    if wage.month is not None:
        return Fraction(wage.month.value.minor), {}
    week = pack.must(Name.WEEK_HOURS_MAX, wage.on).value
    return wage.exact_hour * week * _WEEKS_IN_MONTH, {}


def premium_answer(
    pack: Pack,
    *,
    on: date,
    today: date,
    kind: str | None,
    hourly: Money | None,
    hours: Fraction,
    month: Money | None = None,
    night: bool = False,
) -> Answer:
    """What hours of each kind earn at an hourly wage, a month's pay, or else at the minimum."""
    wage = hourly or (
        _hourly(pack, month, on) if month else wages.wage_minimum(pack, on).hour.value
    )
    lines, skipped, cited = [], [], list[Cited]()
    named = kind.replace("-", "_").replace("sunday", "rest_day") if kind else None
    for each in [named] if named else [k for k in premiums.KINDS if k != "ordinary"]:
        try:
            earned = premiums.premium(pack, kind=each, hourly=wage, hours=hours, on=on, night=night)
        except RuleBroken as error:
            if named:
                raise
            skipped.append({"scheme": each, "code": error.code, "reason": error.message})
            continue
        cited += earned.cited
        if earned.cited:
            lines.append(_premium_line(each, earned))
    least = pack.number(Name.MINIMUM_VISIT_HOURS, on)
    if least is not None and not named:
        cited.append(least)
        lines.append(figure_line(least))
    found: Answer = {**head(pack, on), "hourly": wage.major(), "lines": lines, "skipped": skipped}
    return found | {"warnings": warnings(cited, today)}


def _hourly(pack: Pack, month: Money, on: date) -> Money:
    divisor = pack.number(Name.HOUR_DIVISOR, on)
    hours = divisor.value if divisor else pack.must(Name.WEEK_HOURS_MAX, on).value * _WEEKS_IN_MONTH
    return month.times(1 / hours)


def _premium_line(kind: str, earned: Any) -> Answer:
    return row(
        earned.cited[0], kind, kind=kind, multiplier=plain(earned.multiplier),
        hours=plain(earned.hours), paid_hours=plain(earned.paid_hours),
        ordinary=earned.ordinary.major(), base=earned.ordinary.major(),
        extra=earned.extra.major(), total=earned.total.major(), rule=earned.rule.plain,
        figures=[credentials(c) for c in earned.cited],
    )  # fmt: skip


def _line(line: ContributionLine) -> Answer:
    plain_halves = line.before_rounding
    return {
        "scheme": line.scheme,
        "name": line.name,
        "base": line.base.major(),
        "worker": line.worker.major(),
        "employer": line.employer.major(),
        "total": line.total.major(),
        "before_rounding": {
            "worker": plain_halves.worker.major(),
            "employer": plain_halves.employer.major(),
            "total": plain_halves.total.major(),
        },
        "parts": [_part(part) for part in line.parts],
        "rule": line.rule.plain,
        **credentials(line.cited[0]),
        "note": line.note,
    }


def _part(part: Part) -> Answer:
    amounts = {"base": part.base, "worker": part.worker, "employer": part.employer}
    return {"name": part.name} | {key: amount.major() for key, amount in amounts.items()}


def _skipped(skip: SkippedLine) -> Answer:
    said = {"scheme": skip.scheme, "name": skip.name, "code": skip.code, "reason": skip.reason}
    return said | (credentials(skip.cited) if skip.cited else {})


def _totals(result: ContributionResult) -> Answer:
    return {
        "worker": result.worker.major(),
        "employer": result.employer.major(),
        "total": result.total.major(),
    }
