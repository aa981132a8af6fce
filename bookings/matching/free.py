"""Whether a worker said she is free, by the wall clock of the place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bookings.matching.needs import WeekHours
from coop.kernel import TimeRange


def local_days(during: TimeRange, zone: str) -> list[date]:
    """The days of the place a stretch touches; an end at midnight does not touch the next."""
    tz = ZoneInfo(zone)
    first = during.start.astimezone(tz).date()
    last = (during.end - timedelta(microseconds=1)).astimezone(tz).date()
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def is_free(hours: WeekHours, during: TimeRange, zone: str) -> bool:
    """Whether her windows, joined where they touch, cover the whole stretch."""
    days = local_days(during, zone)
    spans = sorted(_spans(hours, [days[0] - timedelta(days=1), *days], zone))
    reached = during.start
    for span in spans:
        if span.start <= reached < span.end:
            reached = span.end
    return reached >= during.end


def is_on_leave(hours: WeekHours, during: TimeRange, zone: str) -> bool:
    days = local_days(during, zone)
    return any(first <= day < until for day in days for first, until in hours.leave)


def _spans(hours: WeekHours, days: list[date], zone: str) -> Iterator[TimeRange]:
    differs = {exception.on: exception for exception in hours.exceptions}
    for day in days:
        if day in differs:
            exception = differs[day]
            if exception.starts is not None and exception.ends is not None:
                yield TimeRange.on_wall(day, exception.starts, exception.ends, zone)
            continue
        for window in hours.week:
            if window.weekday == day.weekday():
                yield TimeRange.on_wall(day, window.starts, window.ends, zone)
