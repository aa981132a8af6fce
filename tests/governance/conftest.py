"""A rule that only these tests put to the vote."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from coop.kernel import BadInput, Money, RuleBroken
from governance import registry
from governance.registry import PolicyKey


def _parse(terms: Any) -> Money:
    if not isinstance(terms, dict) or set(terms) != {"amount", "currency"}:
        raise BadInput("terms_unreadable", "A tea price needs an amount and a currency.")
    return Money.of(terms["amount"], terms["currency"])


def _floor(value: Money, country: str, on: date) -> None:
    if value.minor < 100:
        raise RuleBroken("below_law", "Tea costs at least 1.00: Tea Act 1 of 2020, section 3.")


TEA: PolicyKey[Money] = PolicyKey(
    name="test_tea_price",
    title="Price of tea",
    parse=_parse,
    founding=lambda country, on: {
        "amount": "2.00",
        "currency": {"ZA": "ZAR", "CO": "COP"}[country],
    },
    describe=lambda value: f"A cup of tea costs {value}.",
    floor=_floor,
)


@pytest.fixture
def tea(monkeypatch: pytest.MonkeyPatch) -> PolicyKey[Money]:
    monkeypatch.setitem(registry._keys, TEA.name, TEA)
    return TEA
