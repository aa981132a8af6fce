"""Answers of the law as plain dictionaries: amounts as strings in major units, with sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from fractions import Fraction
from typing import Any

from coop.kernel import Money, RuleBroken
from coop.law.rules import leave, working_time
from coop.law.rules.settling import plain
from coop.law.rules.usable import check_usable
from coop.law.types import (
    Cited,
    Figure,
    Name,
    Pack,
    Waterfall,
    in_force,
    silent,
)  # fmt: skip

Answer = dict[str, Any]


def credentials(cited: Cited) -> Answer:
    """Period, source, confidence and review day of a figure."""
    return {
        "rule_id": cited.key,
        "period": cited.period,
        "source": cited.source.title,
        "url": cited.source.url,
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
        **head(pack, on),
        "lines": [figure_line(figure) for figure in found],
        "warnings": warnings(found, today),
    }


def leave_answer(
    pack: Pack,
    *,
    on: date,
    today: date,
    hours: Fraction | None,
    days: Fraction | None = None,
    years: int = 1,
) -> Answer:
    """Leave a year after some years of service, and what so many hours or days of work earn."""
    answer: Answer = {**head(pack, on), "lines": []}
    cited: list[Cited] = []
    if pack.leave_steps or pack.number(Name.LEAVE_DAYS_YEAR, on):
        a_year, rule = leave.leave_days_year(pack, on, years)
        answer |= {"years": years, "days_a_year": a_year, "rule": rule.plain}
    if days is not None:
        by_day = leave.accrue_leave(pack, hours=days, on=on)
        answer |= {"days": plain(days), "earned_days": plain(by_day.earned)}
        cited.append(by_day.figure)
    if hours is not None:
        earned = leave.accrue_leave(pack, hours=hours, on=on)
        answer |= {"hours": plain(hours), "earned_hours": plain(earned.earned)}
        cited.append(earned.figure)
    names = (
        Name.LEAVE_PER_HOUR, Name.LEAVE_DAYS_YEAR, Name.SICK_DAYS, Name.FAMILY_LEAVE_DAYS,
        Name.MATERNITY_DAYS, Name.PATERNITY_DAYS,
    )  # fmt: skip
    figures = [figure for name in names if (figure := pack.number(name, on)) is not None]
    answer["lines"] = [figure_line(figure) for figure in figures]
    answer["warnings"] = warnings([*cited, *figures], today)
    return answer


def thirteenth_answer(
    pack: Pack,
    *,
    on: date,
    today: date,
    gross: Money,
    days: int | None,
    transport: Money | None,
    only: str | None = None,
) -> Answer:
    """Thirteenth month, severance fund, interest and vacations over some days (one whole turn)."""
    if days is None:
        days = max((row.days for row in in_force(pack.benefits, on)), default=360)
    found = leave.benefits(pack, wage=gross, days=days, on=on, transport=transport)
    lines = [line for line in found if only is None or only in (line.id, line.name)]
    if not lines:
        raise silent(pack.country, only or "thirteenth month or other benefit", on)
    return {
        **head(pack, on),
        "gross": gross.major(),
        "days": days,
        "lines": [
            row(
                line.cited, line.id, name=line.name, base=line.base.major(),
                employer=line.amount.major(), total=line.amount.major(),
                amount=line.amount.major(), rule=line.rule.plain, due=line.due,
            )
            for line in lines
        ],
        "warnings": warnings([line.cited for line in lines], today),
    }  # fmt: skip


def notice_answer(pack: Pack, *, on: date, today: date, tenure_months: int | None) -> Answer:
    """The notice owed after a tenure; every step of the place when no tenure is said."""
    steps: list[tuple[int, str, str, Cited]] = [
        (step.length, step.unit, step.rule, pack.cited("notice", step))
        for step in in_force(pack.notice, on)
    ]
    if tenure_months is not None or not steps:
        owed = leave.notice(pack, tenure_months=tenure_months or 0, on=on)
        steps = [(owed.length, owed.unit, owed.rule.plain, owed.cited)]
    return {
        **head(pack, on),
        "tenure_months": tenure_months,
        "lines": [
            row(cited, "notice", length=length, unit=unit, rule=rule)
            for length, unit, rule, cited in steps
        ],
        "warnings": warnings([cited for *_, cited in steps], today),
    }


def surplus_answer(pack: Pack, *, on: date, today: date, waterfall: Waterfall) -> Answer:
    """A surplus shared out: rungs, members' shares, and what a person must look at."""
    return {
        **head(pack, on),
        "surplus": waterfall.surplus.major(),
        "lines": [
            {
                "scheme": rung.id,
                "name": rung.name,
                "base": rung.base.major(),
                "amount": rung.amount.major(),
                "indivisible": rung.indivisible,
                "by_law": rung.by_law,
                "rule": rung.rule.plain,
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
        "flags": [{"code": f.code, "message": f.message.plain} for f in waterfall.flags],
        "warnings": warnings(waterfall.cited, today),
    }  # fmt: skip


def row(cited: Cited, scheme: str, **said: Any) -> Answer:
    """A line with all the keys every line has, empty where they say nothing, and its source."""
    empty = dict.fromkeys(("base", "worker", "employer", "total"))
    return {"scheme": scheme, **empty, **said, **credentials(cited)}


def head(pack: Pack, on: date) -> Answer:
    return {"country": pack.country, "currency": pack.currency, "on": on.isoformat()}


def figure_line(figure: Figure[Any]) -> Answer:
    value = figure.value
    if isinstance(value, Money):
        shown = value.major()
    else:
        shown = value.strftime("%H:%M") if isinstance(value, time) else plain(value)
    return row(
        figure, figure.name, name=figure.name, value=shown, unit=figure.unit, rule=figure.rule.plain
    )
