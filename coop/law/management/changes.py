"""What changed in a place's law between two days, and what must be looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from coop.law.management.answers import Answer, row, warnings
from coop.law.rules.settling import plain
from coop.law.types import Cited, Confidence, Dated, MinimumWage, Pack, Strict


def changes_answer(pack: Pack, *, since: date, until: date) -> Answer:
    """Every rule whose row in force differs between the two days, with both readings."""
    before, after = dict(_rows(pack, since)), dict(_rows(pack, until))
    lines = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        cited = pack.cited(name, new or _some(old))
        said = {"before": _said(old), "after": _said(new)}
        lines.append(
            row(cited, name, name=name, rule=f"changed from {cited.effective_from}", **said)
        )
    days = {"from": since.isoformat(), "to": until.isoformat()}
    return {"country": pack.country, "currency": pack.currency, **days, "lines": lines}


def _some(row: Dated | None) -> Dated:
    if row is None:
        raise ValueError("a change has a row before or after")
    return row


def _rows(pack: Pack, on: date) -> Iterator[tuple[str, Dated]]:
    for scheme in pack.schemes:
        if period := scheme.in_force(on):
            yield scheme.id, period
    for wage in pack.minimum_wages:
        if wage.holds(on):
            yield f"minimum wage {wage.area}" if wage.area else "minimum wage", wage
    for name, figure in pack.figures.items():
        for value in figure.values:
            if value.holds(on):
                yield name.value, value
    for benefit in pack.benefits:
        if benefit.holds(on):
            yield benefit.id, benefit
    for step in pack.notice:
        if step.holds(on):
            yield f"notice over {step.over_months} months", step
    for years in pack.leave_steps:
        if years.holds(on):
            yield f"leave over {years.over_years} years", years


def review_answer(packs: list[Pack], *, today: date) -> Answer:
    """For each place the figures in force today: the day to look again first, what is past, unsure.

    The lines are the figures that a pay run of today would refuse.
    """
    places, lines = [], []
    for pack in packs:
        cited = [_cited(pack, name, found) for name, found in _rows(pack, today)]
        open_ones = [c for c in cited if c.effective_to is None and c.review_by is not None]
        first = min((c.review_by for c in open_ones if c.review_by), default=None)
        refused = [c for c in cited if warnings([c], today)]
        places.append(
            {
                "country": pack.country,
                "figures": len(cited),
                "oldest_review_by": first.isoformat() if first else None,
                "past_review": len([c for c in refused if c.confidence is not Confidence.UNSURE]),
                "unsure": len([c for c in refused if c.confidence is Confidence.UNSURE]),
            }
        )
        lines += [_refused(c) for c in refused]
    return {"today": today.isoformat(), "places": places, "lines": lines}


def _cited(pack: Pack, name: str, found: Dated) -> Cited:
    return pack.cited_wage(found) if isinstance(found, MinimumWage) else pack.cited(name, found)


def _refused(cited: Cited) -> Answer:
    unsure = cited.confidence is Confidence.UNSURE
    why = "unsure" if unsure else f"to be looked at again by {cited.review_by}"
    return row(cited, cited.key, name=cited.key, rule=why)


#: What every row carries is not what it says.
_COMMON = set(Dated.model_fields) | {"kind", "rounding", "applies", "area"}


def _said(row: Dated | None) -> str:
    if row is None:
        return "no rule"
    return ", ".join(f"{key} {_plain(value)}" for key, value in _fields(row) if key not in _COMMON)


def _fields(model: Strict) -> Iterator[tuple[str, Any]]:
    """The fields that were written, as they are: dumping would turn fractions into text."""
    for key in sorted(model.model_fields_set, key=list(type(model).model_fields).index):
        if getattr(model, key) is not None:
            yield key, getattr(model, key)


def _plain(value: Any) -> str:
    if isinstance(value, Fraction):
        return plain(value)
    if isinstance(value, Strict):
        return " ".join(f"{k} {_plain(v)}" for k, v in _fields(value))
    if isinstance(value, dict):
        return " ".join(f"{k} {_plain(v)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(_plain(v) for v in value)
    return str(value)
