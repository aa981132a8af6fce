"""Whatever the figures: the lines sum to the price, and no minute is paid below the floor."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.rules.basis import Ruling, basis
from bookings.rules.pricing import Accrual, Basis, price_lines, price_of
from bookings.rules.terms import CardCost, WageFloor
from bookings.types import LineKind
from coop.kernel import Money, RuleBroken, total
from coop.law import queries as law
from coop.law.registry import pack
from tests.bookings.test_prices_by_hand import DAY

minutes = st.integers(1, 24 * 60)
rates = st.fractions(0, Fraction(1, 2), max_denominator=1000)
accrued = st.lists(
    st.builds(
        Accrual, st.sampled_from([LineKind.CONTRIBUTION, LineKind.LEAVE, LineKind.PROVISION]),
        st.just("some"), st.just("Some"), rates, st.just("a rule"), st.just("a law"),
    ),
    max_size=6,
)  # fmt: skip
cards = st.none() | st.builds(
    CardCost,
    st.fractions(0, Fraction(1, 10), max_denominator=1000),
    st.integers(0, 100_000).map(lambda minor: Money(minor, "COP")),
)


@st.composite
def bases(draw: st.DrawFn) -> Basis:
    wage = Money(draw(st.integers(1, 5_000_000)), "COP")
    return Basis(
        wage=wage,
        floor=wage,
        visit_seconds=60 * draw(minutes),
        minimum_seconds=60 * draw(minutes),
        travel_seconds=60 * draw(st.integers(0, 180)),
        accruals=tuple(draw(accrued)),
        share=draw(rates),
        step=draw(st.sampled_from([1, 5, 100])),
        card=draw(cards),
    )


@settings(max_examples=150, deadline=None)
@given(bases())
def test_lines_sum_and_every_paid_minute_earns_the_floor(made: Basis) -> None:
    lines = price_lines(made)
    assert price_of(lines) == total([line.amount for line in lines], "COP")
    assert all(line.amount.minor >= 0 and line.amount.minor % made.step == 0 for line in lines)
    pay = sum(x.amount.minor for x in lines if x.kind in {LineKind.WAGE, LineKind.TRAVEL})
    paid = max(made.visit_seconds, made.minimum_seconds) + made.travel_seconds
    assert pay * 3600 >= made.floor.minor * paid
    [wage] = [x.amount.minor for x in lines if x.kind is LineKind.WAGE]
    assert wage * 3600 >= made.floor.minor * max(made.visit_seconds, made.minimum_seconds)


@settings(max_examples=150, deadline=None)
@given(bases())
def test_after_the_card_company_took_its_part_the_rest_is_whole(made: Basis) -> None:
    lines = price_lines(made)
    price = price_of(lines).minor
    without = sum(x.amount.minor for x in lines if x.kind is not LineKind.CARD)
    if made.card is None:
        assert price == without
    else:
        assert price * (1 - made.card.rate) - made.card.fixed.minor >= without


@settings(max_examples=50, deadline=None)
@given(bases(), st.integers(1, 1000))
def test_a_wage_below_the_floor_has_no_price(made: Basis, more: int) -> None:
    above = replace(made, floor=Money(made.wage.minor + more, "COP"))
    with pytest.raises(RuleBroken) as refused:
        price_lines(above)
    assert refused.value.code == "below_floor"


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["ZA", "CO"]), st.integers(1, 40_000), st.integers(1, 8), minutes,
    st.integers(0, 180), rates,
)  # fmt: skip
def test_no_vote_prices_an_hour_below_the_law(
    country: str, major: int, least: int, long: int, travel: int, share: Fraction
) -> None:
    place = pack(country)
    voted = WageFloor(Money.of(major, place.currency))
    ruling = Ruling(voted, Fraction(least), share, travel, None)
    lines = price_lines(basis(place, ruling, service="any", seconds=60 * long, on=DAY))
    pay = sum(x.amount.minor for x in lines if x.kind in {LineKind.WAGE, LineKind.TRAVEL})
    legal = max(law.wage_floor(place, DAY).value, voted.default)
    assert pay * 3600 >= legal.minor * 60 * (max(long, least * 60) + travel)
