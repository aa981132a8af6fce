"""Money loses nothing."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.kernel import BadInput, Money, Rounding, RuleBroken, round_fraction, total

amounts = st.integers(-(10**14), 10**14)


def test_a_thousand_shared_by_three_equal_hours() -> None:
    parts = Money.of("1000.00", "ZAR").share([1, 1, 1])
    assert [part.major() for part in parts] == ["333.34", "333.33", "333.33"]


def test_a_debt_is_shared_like_a_credit() -> None:
    parts = Money.of("-10.00", "ZAR").share([1, 1, 1])
    assert [part.minor for part in parts] == [-334, -333, -333]


@given(amounts, st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any))
def test_sharing_loses_nothing_and_nobody_is_off_by_more_than_one(
    minor: int, weights: list[int]
) -> None:
    parts = Money(minor, "ZAR").share(weights)
    assert sum(part.minor for part in parts) == minor
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor - Fraction(minor * weight, sum(weights))) < 1


@given(amounts)
def test_major_and_back_is_the_same(minor: int) -> None:
    for currency in ("ZAR", "RWF"):
        money = Money(minor, currency)
        assert Money.of(money.major(), currency) == money


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [-1]])
def test_sharing_by_nothing_is_refused(weights: list[int]) -> None:
    with pytest.raises(BadInput, match="weights"):
        Money(100, "ZAR").share(weights)


@pytest.mark.parametrize(
    ("given", "code"),
    [("12.345", "money_too_fine"), ("twelve", "money_unreadable"), ("NaN", "money_unreadable"),
     ("Infinity", "money_unreadable"), ("", "money_unreadable"), (1.5, "money_from_float")],
)  # fmt: skip
def test_what_is_not_an_amount_is_refused(given: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        Money.of(given, "ZAR")
    assert refused.value.code == code


def test_a_currency_nobody_knows_is_refused() -> None:
    with pytest.raises(BadInput, match="not known"):
        Money(1, "XXX")
    with pytest.raises(BadInput, match="not known"):
        Money.of("1", "XXX")


@pytest.mark.parametrize("minor", [1.0, True, Decimal(1), "1"])
def test_minor_units_are_whole_numbers(minor: int) -> None:
    with pytest.raises(BadInput, match="whole"):
        Money(minor, "ZAR")


def test_rand_and_pesos_are_never_added() -> None:
    with pytest.raises(BadInput, match="added up"):
        Money(1, "ZAR") + Money(1, "COP")
    with pytest.raises(BadInput, match="added up"):
        _ = Money(1, "ZAR") < Money(1, "COP")


def test_arithmetic_reads_as_written() -> None:
    ten, three = Money.of("10", "ZAR"), Money.of("3", "ZAR")
    assert (ten + three).major() == "13.00"
    assert (three - ten).major() == "-7.00"
    assert -ten < three < ten
    assert str(ten) == "10.00 ZAR"
    assert total([ten, three], "ZAR").major() == "13.00"
    assert not total([], "ZAR")
    assert Money.of("17712", "ZAR").times(Fraction(1, 100)).major() == "177.12"
    with pytest.raises(BadInput):
        ten.times(0.1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "half_up", "half_even", "up", "down"),
    [
        ("2.5", 3, 2, 3, 2),
        ("3.5", 4, 4, 4, 3),
        ("2.4", 2, 2, 3, 2),
        ("-2.5", -3, -2, -3, -2),
        ("2", 2, 2, 2, 2),
    ],
)
def test_rounding_by_each_rule(
    value: str, half_up: int, half_even: int, up: int, down: int
) -> None:
    exact = Fraction(value)
    assert round_fraction(exact) == half_up
    assert round_fraction(exact, Rounding.HALF_EVEN) == half_even
    assert round_fraction(exact, Rounding.UP) == up
    assert round_fraction(exact, Rounding.DOWN) == down


def test_a_refusal_survives_a_trip_between_processes() -> None:
    refusal = RuleBroken("below_law", "Too low.", floor="30.23")
    back = pickle.loads(pickle.dumps(refusal))
    assert (back.code, back.message, back.facts) == ("below_law", "Too low.", {"floor": "30.23"})
    assert "below_law" in repr(back)
