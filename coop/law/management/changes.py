"""What changed in a place's law between two days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from coop.law.management.answers import Answer, credentials
from coop.law.rules.settling import plain
from coop.law.types import Dated, Pack, Strict


def changes_answer(pack: Pack, *, since: date, until: date) -> Answer:
    """Every rule whose row in force differs between the two days, with both readings."""
    before, after = dict(_rows(pack, since)), dict(_rows(pack, until))
    lines = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        line = {"name": name, "before": _said(old), "after": _said(new)}
        lines.append(line | credentials(pack.cited(name, new or _some(old))))
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
    for row in pack.minimum_wages:
        if row.holds(on):
            yield f"minimum wage {row.area}" if row.area else "minimum wage", row
    for name, figure in pack.figures.items():
        for value in figure.values:
            if value.holds(on):
                yield name.value, value
    for benefit in pack.benefits:
        if benefit.holds(on):
            yield benefit.id, benefit


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
