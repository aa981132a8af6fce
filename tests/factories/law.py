"""The shipped law of a place, with a figure that rises later."""

from __future__ import annotations

import pytest

from coop.law import registry
from coop.law.types import Pack

_WAGE = '{from: 2026-03-01, to: , hour: "30.23", law: "national minimum wage", source: novanews'
_VISIT = '{from: 2019-01-01, value: "4", source: wage_rules'
_TEXT = (registry.PACKS / "ZA.yaml").read_text(encoding="utf-8")


def risen_law(*, wage: str = "30.23", visit: str = "4") -> Pack:
    """South Africa, where from 1 May 2026 an hour and a visit earn at least this much."""
    text = _TEXT
    for old, until, then in (
        (_WAGE, "to: , hour", f'hour: "{wage}"'),
        (_VISIT, "value", f'value: "{visit}"'),
    ):
        [line] = [line for line in text.splitlines() if old in line]
        row = line[line.index("{from") : line.rindex("}") + 1]
        kept = row.replace(until, "to: 2026-04-30, " + until.removeprefix("to: , "), 1)
        field = then.split(":")[0]
        was = row[row.index(f"{field}: ") :].split(",")[0]
        new = row.replace(row[1:17], "from: 2026-05-01").replace("to: , ", "").replace(was, then)
        text = text.replace(row, f"{kept}, {new}" if "values" in line else f"{kept}\n  - {new}")
    return registry.parse(text, "ZA.yaml")


def let_the_law_rise(monkeypatch: pytest.MonkeyPatch, *, wage: str, visit: str = "4") -> None:
    """From here on everybody who asks reads the risen law."""
    pack = risen_law(wage=wage, visit=visit)
    monkeypatch.setattr(registry, "_cached", lambda code: pack)
