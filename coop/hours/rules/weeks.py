"""Weeks as a place counts them: Monday to Monday by its own clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coop.kernel import BadInput, TimeRange


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def read_week(text: str) -> date:
    """The Monday of an ISO week such as "2026-W10". Raises BadInput `week_unreadable`."""
    try:
        return datetime.strptime(text + "-1", "%G-W%V-%u").date()  # noqa: DTZ007 (a day, no instant)
    except ValueError as error:
        raise BadInput("week_unreadable", "A week is written like 2026-W10.") from error


def write_week(monday: date) -> str:
    """ "2026-W10"."""
    return monday.strftime("%G-W%V")


def stretch(monday: date, zone: str) -> TimeRange:
    """A week's seven days by the clock of the place; a clock change makes it an hour off."""
    place = ZoneInfo(zone)
    start = datetime.combine(monday, time.min, tzinfo=place)
    end = datetime.combine(monday + timedelta(days=7), time.min, tzinfo=place)
    return TimeRange(start, end)
