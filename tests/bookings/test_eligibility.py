"""Each condition stands alone, holds exactly at its edge, and hides no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.matching import Candidate, Limits, WeekHours, checks, metres
from bookings.types import DayException, Window
from coop.kernel import TimeRange, saying
from tests.factories.matching import ALWAYS, DAY, PLACE, at, failed, law, need, worker

SILENT = Limits(None, None, None, None, None)
ONE_SECOND = timedelta(seconds=1)


def test_who_passes_everything_fails_nothing() -> None:
    assert failed(need(), worker()) == []


@pytest.mark.parametrize(
    ("who", "name"),
    [
        (worker(skills=frozenset({"ironing"})), "skill"),
        (worker(asked=True), "not_asked"),
        (worker(avoided=True), "avoid"),
        (worker(hours=replace(ALWAYS, leave=((DAY, DAY + timedelta(days=1)),))), "leave"),
        (worker(hours=WeekHours()), "free"),
        (worker(busy=(at(12, 14),)), "place"),
        (worker(place=(PLACE[0] + 1, PLACE[1])), "distance"),
    ],
)
def test_one_thing_in_the_way_is_the_one_thing_said(who: Candidate, name: str) -> None:
    assert failed(need(), who) == [name]


def test_nothing_hides_behind_the_first_failure() -> None:
    who = worker(
        skills=frozenset(), asked=True, avoided=True, busy=(at(9, 13),),
        hours=WeekHours(leave=((DAY, DAY + timedelta(days=1)),)), place=(Decimal(0), Decimal(0)),
    )  # fmt: skip
    assert failed(need(), who) == [
        "skill", "not_asked", "avoid", "leave", "free", "place", "distance",
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), min_size=5, max_size=5))
def test_any_mixture_fails_by_exactly_what_is_in_the_way(way: list[bool]) -> None:
    who = worker(
        skills=frozenset() if way[0] else frozenset({"cleaning"}),
        asked=way[1],
        avoided=way[2],
        hours=WeekHours() if way[3] else ALWAYS,
        place=(Decimal(0), Decimal(0)) if way[4] else PLACE,
    )
    names = ["skill", "not_asked", "avoid", "free", "distance"]
    assert failed(need(), who) == [name for name, hit in zip(names, way, strict=True) if hit]


def free_from(starts: time, ends: time, weekday: int = 2) -> WeekHours:
    return WeekHours((Window(weekday, starts, ends),))


@pytest.mark.parametrize(
    ("hours", "free"),
    [
        (free_from(time(9), time(13)), True),  # to the minute
        (free_from(time(9, 1), time(13)), False),
        (free_from(time(9), time(12, 59)), False),
        (free_from(time(9), time(13), weekday=3), False),  # a Thursday
        (WeekHours((Window(2, time(8), time(11)), Window(2, time(11), time(14)))), True),
        (WeekHours((Window(2, time(8), time(11)), Window(2, time(11, 1), time(14)))), False),
        (free_from(time(20), time(13), weekday=1), True),  # Tuesday evening to Wednesday, one
    ],
)
def test_her_windows_cover_the_visit_whole(hours: WeekHours, free: bool) -> None:
    assert ("free" not in failed(need(), worker(hours=hours))) is free


@pytest.mark.parametrize(
    ("exception", "free"),
    [
        (DayException(DAY), False),
        (DayException(DAY, time(9), time(13)), True),
        (DayException(DAY, time(10), time(13)), False),
        (DayException(DAY + timedelta(days=1)), True),  # another day differs
    ],
)
def test_a_day_that_differs_takes_the_place_of_its_weekday(
    exception: DayException, free: bool
) -> None:
    hours = replace(ALWAYS, exceptions=(exception,))
    assert ("free" not in failed(need(), worker(hours=hours))) is free


@pytest.mark.parametrize(
    ("first", "until", "away"),
    [(10, 11, False), (11, 12, True), (12, 13, False), (10, 12, True), (1, 31, True)],
)
def test_leave_ends_before_its_last_named_day(first: int, until: int, away: bool) -> None:
    hours = replace(ALWAYS, leave=((date(2026, 3, first), date(2026, 3, until)),))
    assert ("leave" in failed(need(), worker(hours=hours))) is away


def test_a_night_that_ends_at_midnight_does_not_touch_the_next_days_leave() -> None:
    hours = replace(ALWAYS, leave=((date(2026, 3, 12), date(2026, 3, 13)),))
    assert "leave" not in failed(need(at(20, 24)), worker(hours=hours))
    assert "leave" in failed(need(at(20, 25)), worker(hours=hours))


def test_visits_may_touch_but_not_overlap() -> None:
    relaxed = need(limits=SILENT)
    assert failed(relaxed, worker(busy=(at(7, 9), at(13, 15)))) == []
    near = TimeRange(at(7, 9).start, at(7, 9).end + ONE_SECOND)
    assert failed(relaxed, worker(busy=(near,))) == ["place"]


@pytest.mark.parametrize(("km", "passes"), [(2, True), (1, False)])
def test_the_way_counts_to_the_metre(km: int, passes: bool) -> None:
    # 0.015 degrees of latitude: 6 371 000 m × pi / 180 × 0.015 = 1 667.9 m
    far = (PLACE[0] + Decimal("0.015"), PLACE[1])
    assert metres(far, PLACE) == 1668
    assert ("distance" not in failed(need(), worker(place=far, travels_km=km))) is passes


def test_exactly_as_far_as_she_travels_is_near_enough() -> None:
    # 1 000 m / (6 371 000 m × pi / 180) = 0.0089932 degrees
    at_edge = (PLACE[0] + Decimal("0.0089932"), PLACE[1])
    beyond = (PLACE[0] + Decimal("0.0090022"), PLACE[1])
    assert (metres(at_edge, PLACE), metres(beyond, PLACE)) == (1000, 1001)
    assert failed(need(), worker(place=at_edge, travels_km=1)) == []
    assert failed(need(), worker(place=beyond, travels_km=1)) == ["distance"]


def test_who_did_not_say_where_she_starts_is_not_shut_out() -> None:
    assert failed(need(), worker(place=None)) == []


def test_where_the_law_is_silent_no_limit_is_made_up() -> None:
    lines, _ = checks(need(limits=SILENT), worker(busy=(at(0, 9), at(13, 24))))
    assert not {"day", "week", "daily_rest", "weekly_rest"} & {line.name for line in lines}


def test_the_law_of_each_place_and_day_is_its_packs() -> None:
    assert law("ZA") == Limits(
        Fraction(45), Fraction(9), Fraction(8), Fraction(12), Fraction(36),
        saying("at most 45 ordinary hours a week"),
        saying("at most 9 ordinary hours a day for up to five days a week"),
    )  # fmt: skip
    weeks = [law("CO", day).week_max for day in (
        date(2025, 7, 15), date(2025, 7, 16), date(2026, 7, 14), date(2026, 7, 15),
    )]  # fmt: skip
    assert weeks == [46, 44, 44, 42]
    assert law("CO").day_max == 8
    assert law("CO").weekly_rest is None  # the pack knows none
