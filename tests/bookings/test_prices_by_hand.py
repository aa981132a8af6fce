"""Prices a member can check with pencil and paper, line by line, to the cent."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bookings.policies import CARD_COST, LIVING_WAGE_FLOOR
from bookings.rules.basis import Ruling, basis
from bookings.rules.pricing import price_lines, price_of
from coop.kernel import Money, RuleBroken
from coop.law.registry import pack

DAY = date(2026, 3, 11)
HOUR = 3600


def founding(country: str, minimum: str, *, card: bool = True) -> Ruling:
    """The founding rules of a place: 15 %, half an hour of travel."""
    floor = LIVING_WAGE_FLOOR.parse(LIVING_WAGE_FLOOR.founding(country, DAY))
    cost = CARD_COST.parse(CARD_COST.founding(country, DAY)) if card else None
    return Ruling(floor, Fraction(minimum), Fraction(15, 100), 30, cost)


def priced(country: str, seconds: int, ruling: Ruling, on: date = DAY) -> dict[str, str]:
    made = basis(pack(country), ruling, service="cleaning", seconds=seconds, on=on)
    lines = price_lines(made)
    return {**{line.code: line.amount.major() for line in lines}, "price": price_of(lines).major()}


def test_four_hours_in_south_africa_by_card() -> None:
    assert priced("ZA", 4 * HOUR, founding("ZA", "4")) == {
        "wage": "180.00",  # 4 h × 45.00
        "travel": "22.50",  # 1/2 h × 45.00; the pay is 202.50
        "UIF": "2.03",  # 1 % of 202.50 = 2.025
        "COIDA": "2.11",  # 1.04 % of 202.50 = 2.106
        "leave": "11.91",  # 202.50 / 17 = 11.9118
        "share": "32.78",  # 15 % of 202.50 + 2.03 + 2.11 + 11.91 = 218.55 is 32.7825
        "tax": "0.00",  # none is known; 218.55 + 32.78 = 251.33 so far
        "card": "8.54",  # (251.33 + 1.00) / 0.971 = 259.8661, less 251.33 = 8.5361, up
        "price": "259.87",
    }


def test_two_hours_in_south_africa_are_paid_as_four_without_a_card() -> None:
    assert priced("ZA", 2 * HOUR, founding("ZA", "4", card=False)) == {
        "wage": "180.00", "travel": "22.50", "UIF": "2.03", "COIDA": "2.11", "leave": "11.91",
        "share": "32.78", "tax": "0.00", "price": "251.33",
    }  # fmt: skip


def test_seventy_minutes_beyond_the_minimum_are_paid_by_the_minute() -> None:
    lines = priced("ZA", 5 * HOUR + 10 * 60, founding("ZA", "4", card=False))
    assert lines["wage"] == "232.50"  # 5 h 10 min × 45.00 = 232.50
    lines = priced("ZA", 4 * HOUR + 60, founding("ZA", "4", card=False))
    assert lines["wage"] == "180.75"  # 4 h 1 min × 45.00 = 180.75


def test_four_hours_in_colombia_by_card() -> None:
    # The hour with its part of the rest day: 1 750 905 / 220 × 7/6 = 9 285.11; × 1.15 = 10 677.88,
    # up to a round hundred: 10 700. The month this wage stands for: 220 × 6/7 = 188.571 hours of
    # work, 2 017 714.29, insured in full.
    assert (
        priced("CO", 4 * HOUR, founding("CO", "3"))
        == {
            "wage": "42800.00",  # 4 h × 10 700
            "travel": "5350.00",  # 1/2 h × 10 700; the pay is 48 150
            "transport": "4152.00",  # 249 095 / 30 = 8 303 a day; 4 of its 8 hours: 4 151.5
            "SALUD": "4095.00",  # 12.5 % = 252 214 up to 252 300, less her 80 709: 171 591; part: 4 094.8
            "PENSION": "5780.00",  # 16 % = 322 834 up to 322 900, less 80 709: 242 191; part: 5 779.6
            "ARL": "253.00",  # 0.522 % = 10 532.5 up to 10 600; part: 252.96
            "CAJA": "1928.00",  # 4 % = 80 708.6 up to 80 800; part: 1 928.18
            "leave": "2006.00",  # 48 150 / 24
            "prima": "4358.00",  # a twelfth of the pay with transport, 52 302
            "cesantias": "4358.00",  # the same
            "intereses_cesantias": "523.00",  # 12 % of the cesantías: 1 % of 52 302
            "share": "11340.00",  # 15 % of 75 603 = 11 340.45
            "tax": "0.00",  # 75 603 + 11 340 = 86 943 so far
            "card": "3086.00",  # (86 943 + 700) / 0.9735 = 90 028.76, less 86 943, up
            "price": "90029.00",
        }
    )


@pytest.mark.parametrize(
    ("hours", "transport"),
    [(2, "3114.00"), (4, "4152.00"), (8, "8303.00"), (12, "8303.00")],
)  # 2 h are paid as the minimum of 3: 8 303 × 3/8 = 3 113.6
def test_the_transport_allowance_is_owed_once_for_a_day_worked(hours: int, transport: str) -> None:
    assert priced("CO", hours * HOUR, founding("CO", "3"))["transport"] == transport


def test_two_half_days_carry_one_transport_allowance() -> None:
    half = Money.of(priced("CO", 4 * HOUR, founding("CO", "3"))["transport"], "COP")
    whole = Money.of(priced("CO", 8 * HOUR, founding("CO", "3"))["transport"], "COP")
    assert abs((half + half - whole).minor) <= 100  # one peso, by settling each half


@pytest.mark.parametrize(
    ("wage", "carried"),
    [("18570.20", True), ("18570.21", False)],
)  # twice 1 750 905 = 3 501 810, / 188.571 h of work = 18 570.20 an hour
def test_the_transport_allowance_ends_at_two_minimum_wages(wage: str, carried: bool) -> None:
    floor = LIVING_WAGE_FLOOR.parse({"currency": "COP", "default": wage})
    ruling = Ruling(floor, Fraction(3), Fraction(15, 100), 30, None)
    assert ("transport" in priced("CO", 4 * HOUR, ruling)) is carried


def test_south_africa_has_no_transport_allowance_and_no_thirteenth_month() -> None:
    lines = priced("ZA", 4 * HOUR, founding("ZA", "4"))
    assert not {"transport", "prima", "cesantias"} & lines.keys()


def test_where_the_law_has_passed_the_members_the_law_holds() -> None:
    floor = LIVING_WAGE_FLOOR.parse({"currency": "ZAR", "default": "29.00"})
    ruling = Ruling(floor, Fraction(1), Fraction(15, 100), 30, None)
    lines = priced("ZA", HOUR, ruling)
    assert lines["wage"] == "120.92"  # the law's 4 h × the law's 30.23
    assert lines["travel"] == "15.12"  # half of 30.23 = 15.115, never less


def test_a_service_of_its_own_wage_is_priced_by_it() -> None:
    floor = LIVING_WAGE_FLOOR.parse(
        {"currency": "ZAR", "default": "45.00", "services": {"elder-care": "48.00"}}
    )
    ruling = Ruling(floor, Fraction(4), Fraction(0), 0, None)
    made = basis(pack("ZA"), ruling, service="elder-care", seconds=4 * HOUR, on=DAY)
    assert price_lines(made)[0].amount.major() == "192.00"


def test_every_line_names_its_rule_and_what_the_law_asks_names_its_source() -> None:
    for country, minimum in (("ZA", "4"), ("CO", "3")):
        made = basis(
            pack(country), founding(country, minimum), service="x", seconds=4 * HOUR, on=DAY
        )
        for line in price_lines(made):
            assert line.rule
            assert line.source or line.policy or line.code == "tax", line


@pytest.mark.parametrize(
    ("country", "terms"),
    [
        ("ZA", {"currency": "ZAR", "default": "45.00", "services": {}}),
        ("CO", {"currency": "COP", "default": "10700.00", "services": {}}),
        ("KE", {"currency": "KES", "default": "166.00", "services": {}}),  # 144 × 1.15 = 165.60
    ],
)
def test_founding_wages_come_from_the_places_data(country: str, terms: dict[str, str]) -> None:
    assert LIVING_WAGE_FLOOR.founding(country, DAY) == terms


def test_the_card_cost_says_who_takes_it_and_stays_in_the_places_money() -> None:
    terms = CARD_COST.founding("CO", DAY)
    assert (terms["percent"], terms["fixed"], terms["currency"]) == ("2.65", "700.00", "COP")
    assert "Wompi" in terms["source"]
    assert CARD_COST.founding("UG", DAY) == {
        "currency": "UGX", "percent": "0", "fixed": "0", "source": "",
    }  # fmt: skip
    with pytest.raises(RuleBroken) as refused:
        CARD_COST.floor(CARD_COST.parse(terms), "ZA", DAY)
    assert refused.value.code == "currency_wrong"
