"""Answers of the law as plain dictionaries: amounts as strings in major units, with sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from fractions import Fraction
from typing import Any

from coop.kernel import Money, RuleBroken
from coop.law.rules import leave, premiums, wages, working_time
from coop.law.rules.contributions import contributions
from coop.law.rules.settling import plain
from coop.law.rules.usable import check_usable
from coop.law.types import (
    Cited,
    ContributionLine,
    ContributionResult,
    Figure,
    Name,
    Pack,
    Part,
    SkippedLine,
    Waterfall,
    silent,
)  # fmt: skip

Answer = dict[str, Any]


def credentials(cited: Cited) -> Answer:
    """Period, source, confidence and review day of a figure."""
    return {
        "rule_id": cited.key,
        "period": cited.period,
        "source": {"title": cited.source.title, "url": cited.source.url},
        "confidence": cited.confidence.value,
        "review_by": cited.review_by.isoformat() if cited.review_by else None,
    }


def warnings(cited: Iterable[Cited], today: date) -> list[Answer]:
    """Why a pay run of today would be refused with these figures; empty when it would not."""
    found: dict[str, Answer] = {}
    for figure in cited:
        try:
            check_usable([figure], today)
        except RuleBroken as error:
            found[figure.key] = {"code": error.code, "message": error.message}
    return list(found.values())


def contributions_answer(
    pack: Pack, *, gross: Money, on: date, today: date, **known: Any
) -> Answer:
    """All schemes on a pay: lines, what was skipped and why, and the totals."""
    result = contributions(pack, gross=gross, on=on, **known)
    if not result.lines and all(skip.code == "not_in_force" for skip in result.skipped):
        raise silent(pack.country, "contribution", on)
    return {
        **_head(pack, on),
        "gross": gross.major(),
        "regime": result.regime,
        "lines": [_line(line) for line in result.lines],
        "skipped": [_skipped(skip) for skip in result.skipped],
        "totals": _totals(result),
        "warnings": warnings(result.cited, today),
    }


def wage_answer(
    pack: Pack,
    *,
    on: date,
    today: date,
    gross: Money | None = None,
    hours: Fraction | None = None,
    area: str | None = None,
) -> Answer:
    """The minimum by hour, day and month; with a pay and its hours, whether it passes."""
    wage = wages.wage_minimum(pack, on, area)
    found = (wage.hour, wage.day, wage.month, wage.transport_day, wage.transport_month)
    answer: Answer = {**_head(pack, on), "lines": [_figure(f) for f in found if f is not None]}
    if hours is not None:
        least = wages.minimum_for(pack, on, hours, area)
        answer |= {"hours": plain(hours), "minimum": least.major()}
        if gross is not None:
            answer |= {"gross": gross.major(), "passes": gross >= least}
    answer["warnings"] = warnings(wage.cited, today)
    return answer


def hours_answer(pack: Pack, *, on: date, today: date, hours: Fraction | None = None) -> Answer:
    """The limits of working time; with the hours of a week, whether the law allows them."""
    limits = working_time.working_time(pack, on)
    found: list[Figure[Fraction] | Figure[time]] = [
        figure
        for figure in (getattr(limits, name) for name in type(limits).__slots__)
        if figure is not None
    ]
    if hours is not None:
        working_time.check_week(pack, hours=hours, on=on)
    return {
        **_head(pack, on),
        "lines": [_figure(figure) for figure in found],
        "warnings": warnings(found, today),
    }


def premium_answer(
    pack: Pack,
    *,
    on: date,
    today: date,
    kinds: Iterable[str],
    hourly: Money | None,
    hours: Fraction,
    night: bool = False,
) -> Answer:
    """What hours of each kind earn at an hourly wage, or at the minimum when none is said."""
    wage = hourly or wages.wage_floor(pack, on).value
    lines, cited = [], []
    for kind in kinds:
        earned = premiums.premium(pack, kind=kind, hourly=wage, hours=hours, on=on, night=night)
        cited += list(earned.cited)
        lines.append(
            {
                "kind": kind,
                "multiplier": plain(earned.multiplier),
                "hours": plain(earned.hours),
                "paid_hours": plain(earned.paid_hours),
                "ordinary": earned.ordinary.major(),
                "extra": earned.extra.major(),
                "total": earned.total.major(),
                "rule": earned.rule,
                "figures": [credentials(c) for c in earned.cited],
            }
        )
    head = {**_head(pack, on), "hourly": wage.major()}
    return {**head, "lines": lines, "warnings": warnings(cited, today)}


def leave_answer(pack: Pack, *, on: date, today: date, hours: Fraction | None) -> Answer:
    """Leave a year, and what so many hours earn."""
    days, rule = leave.leave_days_year(pack, on)
    answer: Answer = {**_head(pack, on), "days_a_year": days, "rule": rule, "lines": []}
    cited: list[Cited] = []
    if hours is not None:
        earned = leave.accrue_leave(pack, hours=hours, on=on)
        answer |= {"hours": plain(hours), "earned_hours": plain(earned.earned)}
        cited.append(earned.figure)
    names = (
        Name.LEAVE_PER_HOUR, Name.LEAVE_DAYS_YEAR, Name.SICK_DAYS, Name.FAMILY_LEAVE_DAYS,
        Name.MATERNITY_DAYS, Name.PATERNITY_DAYS,
    )  # fmt: skip
    figures = [figure for name in names if (figure := pack.number(name, on)) is not None]
    answer["lines"] = [_figure(figure) for figure in figures]
    answer["warnings"] = warnings([*cited, *figures], today)
    return answer


def thirteenth_answer(
    pack: Pack, *, on: date, today: date, gross: Money, days: int, transport: Money | None
) -> Answer:
    """Thirteenth month, severance fund, interest and vacations over some days."""
    lines = leave.benefits(pack, wage=gross, days=days, on=on, transport=transport)
    return {
        **_head(pack, on),
        "gross": gross.major(),
        "days": days,
        "lines": [
            {
                "scheme": line.id,
                "name": line.name,
                "base": line.base.major(),
                "amount": line.amount.major(),
                "rule": line.rule,
                "due": line.due,
                **credentials(line.cited),
            }
            for line in lines
        ],
        "warnings": warnings([line.cited for line in lines], today),
    }


def notice_answer(pack: Pack, *, on: date, today: date, tenure_months: int) -> Answer:
    """The notice owed after a tenure."""
    owed = leave.notice(pack, tenure_months=tenure_months, on=on)
    line = {"length": owed.length, "unit": owed.unit, "rule": owed.rule}
    return {
        **_head(pack, on),
        "tenure_months": tenure_months,
        "lines": [line | credentials(owed.cited)],
        "warnings": warnings([owed.cited], today),
    }


def surplus_answer(pack: Pack, *, on: date, today: date, waterfall: Waterfall) -> Answer:
    """A surplus shared out: rungs, members' shares, and what a person must look at."""
    return {
        **_head(pack, on),
        "surplus": waterfall.surplus.major(),
        "lines": [
            {
                "scheme": rung.id,
                "name": rung.name,
                "base": rung.base.major(),
                "amount": rung.amount.major(),
                "indivisible": rung.indivisible,
                "by_law": rung.by_law,
                "rule": rung.rule,
                **(credentials(rung.cited) if rung.cited else {}),
            }
            for rung in waterfall.allotments
        ],
        "patronage": waterfall.patronage.major(),
        "shares": [
            {"member": s.number, "amount": s.amount.major(), "cash": s.cash.major(),
             "capital": s.capital.major()}
            for s in waterfall.shares
        ],
        "flags": [{"code": f.code, "message": f.message} for f in waterfall.flags],
        "warnings": warnings(waterfall.cited, today),
    }  # fmt: skip


def _head(pack: Pack, on: date) -> Answer:
    return {"country": pack.country, "currency": pack.currency, "on": on.isoformat()}


def _figure(figure: Figure[Any]) -> Answer:
    value = figure.value
    if isinstance(value, Money):
        shown = value.major()
    else:
        shown = value.strftime("%H:%M") if isinstance(value, time) else plain(value)
    line = {"name": figure.name, "value": shown, "unit": figure.unit, "rule": figure.rule}
    return line | credentials(figure)


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
        "rule": line.rule,
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
