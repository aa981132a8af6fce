"""The law's limits over all her hours, wherever they are, exact at every edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from coop.kernel import TimeRange
from tests.factories.matching import at, failed, law, need, on, worker

SECOND = timedelta(seconds=1)


def longer(span: TimeRange) -> TimeRange:
    return TimeRange(span.start, span.end + SECOND)


def test_nine_hours_on_a_day_are_the_most_in_south_africa() -> None:
    five = at(14, 19)  # with the visit's four, after an hour
    assert failed(need(), worker(busy=(five,))) == []
    assert failed(need(), worker(busy=(longer(five),))) == ["day"]


def test_on_a_sixth_day_eight_hours_are_the_most() -> None:
    monday_on = tuple(at(9, 12, day) for day in (9, 10, 12, 13))  # with the visit: five days
    four, five = at(14, 18), at(14, 19)
    assert failed(need(), worker(busy=(*monday_on, five))) == []
    sixth = at(9, 12, 14)
    assert failed(need(), worker(busy=(*monday_on, sixth, five))) == ["day"]
    assert failed(need(), worker(busy=(*monday_on, sixth, four))) == []


def test_forty_five_hours_a_week_are_the_most_over_all_households() -> None:
    # Monday to Thursday 9 + 9 + (9) + 9, and Friday 5: with this visit's four, 45.
    busy = (at(8, 17, 9), at(8, 17, 10), at(14, 19), at(8, 17, 12), at(8, 17, 13))
    exactly = need()
    assert failed(exactly, worker(busy=busy)) == []
    more = (*busy[:4], longer(at(8, 17, 13)))
    assert failed(exactly, worker(busy=more)) == ["week"]


def test_the_week_begins_on_monday_by_the_wall_clock() -> None:
    heavy = tuple(at(8, 17, day) for day in (2, 3, 4, 5, 6))  # 45 hours of the week before
    assert failed(need(at(9, 13, 9)), worker(busy=heavy)) == []
    assert "week" in failed(need(at(9, 13, 8)), worker(busy=heavy))  # the Sunday


def test_a_night_into_monday_counts_in_both_weeks() -> None:
    full = (at(16, 24, 16), *(at(8, 17, day) for day in (17, 18, 19, 20)))  # 44 hours
    sunday = on(date(2026, 3, 15), time(23), time(2))
    only_week = replace(law(), day_max=None, daily_rest=None, weekly_rest=None)
    assert failed(need(sunday, limits=only_week), worker(busy=full)) == ["week"]  # 44 + 2
    shorter = on(date(2026, 3, 15), time(22), time(1))
    assert failed(need(shorter, limits=only_week), worker(busy=full)) == []  # 44 + 1


def test_twelve_hours_lie_between_two_days_of_work() -> None:
    before = on(date(2026, 3, 10), time(17), time(21))
    assert failed(need(), worker(busy=(before,))) == []  # 21:00 to 09:00
    assert failed(need(), worker(busy=(longer(before),))) == ["daily_rest"]
    after = on(date(2026, 3, 12), time(1), time(4))
    assert failed(need(), worker(busy=(after,))) == []  # 13:00 to 01:00
    early = TimeRange(after.start - SECOND, after.end)
    assert failed(need(), worker(busy=(early,))) == ["daily_rest"]


def test_two_visits_of_one_day_need_no_night_between_them() -> None:
    assert failed(need(), worker(busy=(at(14, 16),))) == []


def test_the_rest_is_counted_from_the_end_of_the_whole_day() -> None:
    evening = at(17, 21)  # the same day, after the visit
    morning = on(date(2026, 3, 12), time(8), time(10))
    assert failed(need(), worker(busy=(evening, morning))) == ["daily_rest"]  # 11 hours


def test_thirty_six_hours_in_a_row_are_free_every_week() -> None:
    # Work on each morning: from Saturday 12:00 to Monday 00:00 are 36 hours.
    days = tuple(at(9, 12, day) for day in (9, 10, 12, 13, 14))
    assert failed(need(), worker(busy=days)) == []
    late = (*days[:4], longer(at(9, 12, 14)))
    assert failed(need(), worker(busy=late)) == ["weekly_rest"]


@pytest.mark.parametrize(
    ("day", "hours", "fails"),
    [
        (date(2026, 7, 8), 12, []),  # 32 + 12 = 44, until 14 July
        (date(2026, 7, 22), 10, []),  # 32 + 10 = 42, from 15 July
        (date(2026, 7, 22), 11, ["week"]),
    ],
)
def test_colombias_week_shortens_on_its_day(day: date, hours: int, fails: list[str]) -> None:
    zone = "America/Bogota"
    monday = day - timedelta(days=day.weekday())
    busy = tuple(
        on(monday + timedelta(days=n), time(8), time(16), zone) for n in (0, 1, 3, 4)
    )  # 32 hours
    visit = on(day, time(6), time(6 + hours), zone)
    limits = replace(law("CO", day), day_max=None)
    assert failed(need(visit, zone=zone, limits=limits), worker(busy=busy)) == fails


def test_eight_hours_on_a_day_are_the_most_in_colombia() -> None:
    zone, day = "America/Bogota", date(2026, 3, 11)
    visit = need(on(day, time(8), time(12), zone), zone=zone, limits=law("CO", day))
    four = on(day, time(13), time(17), zone)
    assert failed(visit, worker(busy=(four,))) == []
    assert failed(visit, worker(busy=(longer(four),))) == ["day"]
