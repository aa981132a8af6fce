"""Minimum wages, day rates, limits of time, premiums, leave, benefits and notice, by hand."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

import pytest

from coop.kernel import Money, RuleBroken
from coop.law import registry
from coop.law.rules import leave, premiums, wages, working_time
from tests.law.mini import mini

ZA = registry.pack("ZA")
CO = registry.pack("CO")


def rand(major: str) -> Money:
    return Money.of(major, "ZAR")


def peso(major: str) -> Money:
    return Money.of(major, "COP")


def test_south_african_months() -> None:
    """ZA-6 (Business Insider SA 2023) and ZA-8 (Pan African News Agency)."""
    assert wages.minimum_for(ZA, date(2023, 6, 1), 160) == rand("4067.20")
    assert wages.minimum_for(ZA, date(2025, 6, 1), 184) == rand("5297.36")


def test_floor_changes_on_its_day() -> None:
    assert wages.wage_floor(ZA, date(2026, 2, 28)).value == rand("28.79")
    floor = wages.wage_floor(ZA, date(2026, 3, 1))
    assert floor.value == rand("30.23")
    assert floor.source.title.startswith("Nova News")


def test_colombian_hour_is_settled_up_by_the_divisor_in_force() -> None:
    before = wages.wage_minimum(CO, date(2026, 7, 14)).hour
    after = wages.wage_minimum(CO, date(2026, 7, 15)).hour
    assert (before.value, after.value) == (peso("7958.66"), peso("8337.65"))
    assert after.rule.plain == "minimum wage a month / 210 hours"


def test_a_colombian_hour_of_work_also_earns_its_part_of_the_paid_rest_day() -> None:
    """The month's 210 hours pay thirty days of seven hours, rest days too; the hour × 7/6.

    1 750 905 / 220 × 7/6 = 9 285.10 until 14 July 2026; / 210 × 7/6 = 9 727.25 from the 15th.
    """
    before, after = (wages.wage_floor(CO, date(2026, 7, day)) for day in (14, 15))
    assert (before.value, after.value) == (peso("9285.11"), peso("9727.25"))
    assert after.rule.plain == (
        "minimum wage a month / 210 hours; and 1/6 more for the paid rest day"
    )
    assert after.source.title.startswith("Caracol")


def test_a_full_month_at_the_colombian_floor_is_the_monthly_minimum() -> None:
    """Thirty days hold 180 hours of work in weeks of 42: 180 × 9 727.25 = 1 750 905."""
    on = date(2026, 8, 1)
    assert wages.worked_month_hours(CO, on) == 180
    assert wages.minimum_for(CO, on, 180) == peso("1750905")
    assert wages.wage_minimum(CO, on).hour.value.times(180) == peso("1500777")  # what was missing
    with pytest.raises(RuleBroken) as caught:
        wages.check_wage(CO, gross=peso("1750904.99"), hours=180, on=on)
    assert caught.value.code == "below_law"


def test_where_the_law_names_the_hour_itself_the_floor_is_that_hour() -> None:
    on = date(2026, 4, 1)
    assert wages.wage_floor(ZA, on).value == wages.wage_minimum(ZA, on).hour.value == rand("30.23")
    assert wages.worked_month_hours(ZA, on) == 195  # 45 × 52 / 12


def test_colombian_day_worker() -> None:
    """CO-5 (Gerencie, 2026)."""
    day = wages.day_rate(CO, date(2026, 3, 1))
    found = (day.base, day.rest_day_part, day.transport, day.total)
    assert found == (peso("58364"), peso("9727"), peso("8303"), peso("76394"))


def test_dominican_day_by_its_divisor() -> None:
    """DO-2 (elDigital prints 419.63 truncated); the floor is settled up."""
    wage = wages.wage_minimum(mini("DO"), date(2026, 1, 1))
    assert wage.day is not None
    assert wage.day.value == Money.of("419.64", "DOP")


def test_pay_under_the_minimum_is_refused_with_its_source() -> None:
    with pytest.raises(RuleBroken) as caught:
        wages.check_wage(ZA, gross=rand("120.91"), hours=4, on=date(2026, 4, 1))
    assert caught.value.code == "below_law"
    assert caught.value.facts["minimum"] == Money.of("120.92", "ZAR")
    assert wages.check_wage(ZA, gross=rand("120.92"), hours=4, on=date(2026, 4, 1))


def test_a_pack_never_guesses() -> None:
    with pytest.raises(RuleBroken) as caught:
        wages.wage_floor(ZA, date(2019, 1, 1))
    assert caught.value.code == "law_silent"


def test_transport_only_up_to_two_minimum_wages() -> None:
    on = date(2026, 3, 1)
    assert wages.transport_allowance(CO, gross=peso("3501810"), on=on) is not None
    assert wages.transport_allowance(CO, gross=peso("3501811"), on=on) is None


def test_limits_of_time() -> None:
    on = date(2026, 8, 1)
    assert working_time.working_time(ZA, on).week_max.value == 45
    assert working_time.week_hours_max(CO, date(2026, 7, 14)).value == 44
    assert working_time.week_hours_max(CO, on).value == 42
    assert working_time.day_hours_max(ZA, on, days_per_week=6).value == 8
    visit = working_time.minimum_visit_hours(ZA, on)
    assert visit is not None
    assert visit.value == 4
    assert working_time.minimum_visit_hours(CO, on) is None


def test_night_moved_on_christmas_day() -> None:
    assert not working_time.is_night(CO, date(2025, 12, 24), time(20, 0))
    assert working_time.is_night(CO, date(2025, 12, 25), time(19, 0))
    assert not working_time.is_night(CO, date(2025, 12, 25), time(6, 0))


def test_week_beyond_overtime_is_refused() -> None:
    assert working_time.check_week(ZA, hours=60, on=date(2026, 4, 1))
    with pytest.raises(RuleBroken) as caught:
        working_time.check_week(ZA, hours=61, on=date(2026, 4, 1))
    assert caught.value.code == "week_too_long"


def test_sunday_in_colombia() -> None:
    """7.908 an hour makes 14.234 on a rest day at 1.80 (Noticiashoy)."""
    earned = premiums.premium(
        CO, kind="rest_day", hourly=peso("7908"), hours=1, on=date(2025, 8, 3)
    )
    assert earned.total == peso("14234.40")


def test_colombian_premiums_add_and_south_african_take_the_highest() -> None:
    on = date(2026, 3, 1)
    added, _ = premiums.multiplier(CO, on, night=True, rest_day=True, holiday=True)
    assert added == Fraction("2.15")
    night_overtime, _ = premiums.multiplier(CO, on, overtime=True, night=True)
    assert night_overtime == Fraction("1.75")
    highest, _ = premiums.multiplier(ZA, on, overtime=True, rest_day=True)
    assert highest == 2
    usual, _ = premiums.multiplier(ZA, on, rest_day=True, usual_rest_day=True)
    assert usual == Fraction("1.5")


def test_short_visit_is_paid_four_hours() -> None:
    earned = premiums.premium(
        ZA, kind="ordinary", hourly=rand("45.00"), hours=Fraction(5, 2), on=date(2026, 4, 1)
    )
    assert (earned.paid_hours, earned.total) == (Fraction(4), rand("180.00"))


def test_leave_is_earned_by_the_hour() -> None:
    earned = leave.accrue_leave(ZA, hours=170, on=date(2026, 4, 1))
    assert earned.earned == 10
    assert leave.leave_days_year(ZA, date(2026, 4, 1))[0] == 15


def test_prima_of_2016() -> None:
    """CO-8 (Portafolio, 2016-12): 767.155 with transport, six months."""
    prima = leave.benefits(
        CO, wage=peso("689455"), transport=peso("77700"), days=180, on=date(2016, 12, 20)
    )[0]
    assert (prima.id, prima.amount) == ("prima", peso("383578"))


def test_a_colombian_year_of_benefits() -> None:
    found = {
        x.id: x.amount
        for x in leave.benefits(CO, wage=peso("1750905"), days=360, on=date(2026, 6, 30))
    }
    assert found == {
        "prima": peso("2000000"),
        "cesantias": peso("2000000"),
        "intereses_cesantias": peso("240000"),
        "vacaciones": peso("875453"),
    }


@pytest.mark.parametrize(("months", "weeks"), [(0, 1), (6, 1), (7, 4), (120, 4)])
def test_notice(months: int, weeks: int) -> None:
    owed = leave.notice(ZA, tenure_months=months, on=date(2026, 4, 1))
    assert (owed.length, owed.unit) == (weeks, "weeks")


def test_kenyan_areas_have_their_own_floor_with_housing() -> None:
    """16.113,75 x 1.15 would be the city's month; its hour is gazetted as 144."""
    pack, on = registry.pack("KE"), date(2026, 3, 1)
    assert wages.wage_floor(pack, on).value == Money.of("144", "KES")
    other = wages.wage_floor(pack, on, "other")
    assert other.value == Money.of("43.88", "KES")
    assert other.rule.plain == "minimum wage a month / 225.333 hours with 15% for housing"
    assert working_time.working_time(pack, on).day_max is None
