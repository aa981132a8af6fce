"""Time is counted in UTC and shown on the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from coop.kernel import BadInput, TimeRange

MORNING = TimeRange(datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (date(2026, 3, 14), 8)],
)
def test_a_night_in_madrid_lasts_as_long_as_it_lasts(day: date, hours: int) -> None:
    night = TimeRange.on_wall(day, time(22), time(6), "Europe/Madrid")
    assert night.seconds == hours * 3600


def test_johannesburg_is_two_hours_ahead_all_year() -> None:
    visit = TimeRange.on_wall(date(2026, 3, 2), time(9), time(13), "Africa/Johannesburg")
    assert visit == TimeRange(
        datetime(2026, 3, 2, 7, tzinfo=UTC), datetime(2026, 3, 2, 11, tzinfo=UTC)
    )
    assert visit.minutes == 240


def test_ranges_that_only_touch_do_not_overlap() -> None:
    after = TimeRange(MORNING.end, MORNING.end + timedelta(hours=1))
    assert not MORNING.overlaps(after)
    assert MORNING.intersect(after) is None
    assert MORNING.contains(MORNING.start)
    assert not MORNING.contains(MORNING.end)


def test_what_lies_inside_overlaps_and_intersects() -> None:
    inner = TimeRange(MORNING.start + timedelta(hours=1), MORNING.end + timedelta(hours=1))
    assert MORNING.overlaps(inner)
    assert not MORNING.contains(inner)
    assert MORNING.contains(MORNING)
    found = MORNING.intersect(inner)
    assert found is not None
    assert found.duration == timedelta(hours=3)
    assert MORNING.widen(timedelta(hours=1), timedelta(0)).minutes == 300


@pytest.mark.parametrize("length", [timedelta(0), timedelta(seconds=-1)])
def test_an_empty_or_backward_range_is_refused(length: timedelta) -> None:
    with pytest.raises(BadInput, match="ends after it starts"):
        TimeRange(MORNING.start, MORNING.start + length)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(BadInput, match="zone"):
        TimeRange(datetime(2026, 3, 2, 8), datetime(2026, 3, 2, 9))  # noqa: DTZ001
