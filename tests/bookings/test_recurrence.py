"""A visit that comes again keeps its wall clock; what is paid is the real time between."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.rules.recurrence import dates, occurrences
from bookings.types import Weekly
from coop.kernel import BadInput


def night(zone: str, first: date, count: int = 3) -> list[int]:
    """Real hours of a weekly night from ten to six."""
    made = occurrences(Weekly(first, time(22), time(6), zone, 1, count))
    tz = ZoneInfo(zone)
    for one in made:
        assert one.during is not None
        assert one.during.start.astimezone(tz).time() == time(22)
        assert one.during.end.astimezone(tz).time() == time(6)
        assert one.during.start.astimezone(tz).date() == one.on
    return [one.during.seconds // 3600 for one in made if one.during]


@pytest.mark.parametrize(
    ("zone", "saturday", "hours"),
    [
        ("Europe/Madrid", date(2026, 3, 21), [8, 7, 8]),  # 29 March: two is three
        ("Europe/Madrid", date(2026, 10, 17), [8, 9, 8]),  # 25 October: three is two
        ("America/New_York", date(2026, 2, 28), [8, 7, 8]),  # 8 March
        ("America/New_York", date(2026, 10, 24), [8, 9, 8]),  # 1 November
        ("Africa/Johannesburg", date(2026, 3, 21), [8, 8, 8]),
        ("Africa/Johannesburg", date(2026, 10, 17), [8, 8, 8]),
    ],
)
def test_a_night_of_changing_clocks_has_its_real_hours(
    zone: str, saturday: date, hours: list[int]
) -> None:
    assert night(zone, saturday) == hours


def test_an_hour_that_the_clocks_skip_is_said_and_not_moved() -> None:
    made = occurrences(Weekly(date(2026, 3, 22), time(2), time(3), "Europe/Madrid", 1, 3))
    assert [one.on.day for one in made] == [22, 29, 5]
    assert [one.during is None for one in made] == [False, True, False]


def test_an_hour_that_comes_twice_begins_with_the_first() -> None:
    [one] = occurrences(Weekly(date(2026, 10, 25), time(2, 30), time(3, 30), "Europe/Madrid", 1, 1))
    assert one.during is not None
    assert one.during.start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert one.during.seconds == 2 * 3600


def test_a_leap_day_is_a_day_like_others() -> None:
    tuesdays = Weekly(date(2028, 2, 22), time(9), time(13), "Africa/Johannesburg", 1, 3)
    assert dates(tuesdays) == (date(2028, 2, 22), date(2028, 2, 29), date(2028, 3, 7))


def test_a_year_of_days_every_twelve_weeks_is_the_most() -> None:
    made = dates(Weekly(date(2026, 3, 11), time(9), time(13), "Africa/Johannesburg", 12, 366))
    assert len(made) == 366
    assert made[-1] == date(2026, 3, 11) + timedelta(weeks=12 * 365)


@pytest.mark.parametrize(
    ("every", "count", "zone", "first"),
    [
        (0, 3, "UTC", date(2026, 3, 11)),
        (13, 3, "UTC", date(2026, 3, 11)),
        (1, 0, "UTC", date(2026, 3, 11)),
        (1, 367, "UTC", date(2026, 3, 11)),
        (1, 3, "Nowhere/Town", date(2026, 3, 11)),
        (1, 3, "../etc", date(2026, 3, 11)),
        (1, 3, "", date(2026, 3, 11)),
        (12, 366, "UTC", date(9990, 3, 11)),  # beyond the calendar: refused, not cut short
    ],
)
def test_what_cannot_be_read_is_refused(every: int, count: int, zone: str, first: date) -> None:
    with pytest.raises(BadInput) as refused:
        occurrences(Weekly(first, time(9), time(13), zone, every, count))
    assert refused.value.code == "series_unreadable"


@settings(max_examples=40, deadline=None)
@given(
    st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    st.integers(1, 12),
    st.integers(1, 60),
    st.sampled_from(["Europe/Madrid", "America/New_York", "America/Bogota", "Africa/Kigali"]),
)
def test_every_date_is_so_many_weeks_after_the_one_before(
    first: date, every: int, count: int, zone: str
) -> None:
    weekly = Weekly(first, time(9), time(13), zone, every, count)
    assert dates(weekly) == tuple(first + timedelta(weeks=every * n) for n in range(count))
    assert all(one.during and one.during.seconds == 4 * 3600 for one in occurrences(weekly))
