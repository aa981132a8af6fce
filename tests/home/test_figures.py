"""Figures as a person reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest
from django.utils import translation

from coop.home.templatetags import letsema
from coop.kernel import Money, TimeRange

CAPE = "Africa/Johannesburg"
NBSP = "\xa0"


def test_money_is_written_as_at_home_and_to_the_last_cent() -> None:
    assert letsema.money(Money.of("9933.52", "ZAR")).replace(NBSP, " ") == "R9 933,52"
    assert letsema.money(Money.of("-0.05", "ZAR")).replace(NBSP, " ") == "-R0,05"
    with translation.override("es"):
        assert letsema.money(Money.of("1423500", "COP")).replace(NBSP, " ") == "$1.423.500,00"


def test_a_currency_without_cents_shows_none() -> None:
    assert letsema.money(Money.of("1300", "RWF")).endswith("1,300")


def test_no_amount_is_nothing_and_zero_is_zero() -> None:
    assert letsema.money(None) == ""
    assert letsema.money(Money.zero("ZAR")) == "R0,00"


def test_a_change_always_has_its_sign() -> None:
    assert letsema.change(Money.of("3.00", "ZAR")) == "+R3,00"
    assert letsema.change(Money.of("-3.00", "ZAR")) == "−R3,00"
    assert letsema.change(Money.zero("ZAR")) == "R0,00"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (12_600, "3 h 30 min"),
        (14_400, "4 h"),
        (2_700, "45 min"),
        (0, "0 min"),
        (-5_400, "−1 h 30 min"),
    ],
)
def test_hours_are_said_in_hours_and_minutes(seconds: int, said: str) -> None:
    assert letsema.hours(seconds) == said
    assert letsema.hours(timedelta(seconds=seconds)) == said


def test_a_visit_is_shown_on_the_clock_of_its_place() -> None:
    visit = TimeRange.on_wall(date(2026, 3, 3), time(9), time(13), CAPE)
    assert letsema.clock(visit, CAPE) == "Tue 3 Mar, 09:00–13:00"
    assert letsema.clock(visit, "UTC") == "Tue 3 Mar, 07:00–11:00"
    assert letsema.hours(visit) == "4 h"


def test_a_night_says_on_which_day_it_ends() -> None:
    night = TimeRange.on_wall(date(2026, 3, 6), time(22), time(6), CAPE)
    assert letsema.clock(night, CAPE) == "Fri 6 Mar, 22:00 – Sat 7 Mar, 06:00"


def test_an_instant_near_midnight_has_the_day_of_its_place() -> None:
    late = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)
    assert letsema.day(late, CAPE) == "Wed 4 Mar 2026"
    assert letsema.clock(late, CAPE) == "Wed 4 Mar, 00:30"
    assert letsema.time_of(late, CAPE) == "00:30"


def test_days_follow_the_language() -> None:
    with translation.override("es"):
        assert letsema.long_day(date(2026, 3, 3)) == "martes 3 marzo"
        assert letsema.month(date(2026, 3, 1)) == "marzo 2026"


def test_a_share_is_exact_to_two_digits() -> None:
    assert letsema.percent(Fraction(1, 8)) == "12.5%"
    assert letsema.percent(Fraction(2, 3)) == "66.67%"
    assert letsema.percent("0.1") == "10%"
    assert letsema.percent(Fraction(2, 3), 0) == "67%"


def test_time_left_counts_from_the_clock_it_is_given() -> None:
    now = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    assert letsema.until(now + timedelta(minutes=18, seconds=20), now) == "18 min"
    assert letsema.until(now + timedelta(seconds=5), now) == "1 min"
    assert letsema.until(now + timedelta(days=4, hours=1), now) == "4 days"
    assert letsema.until(now, now) == ""
