"""By which day a fund must have a month's money."""

from __future__ import annotations

import calendar
from collections.abc import Container
from datetime import date, timedelta


def due_day(month: date, day: int) -> date:
    """The day of the month after `month`, at most its last."""
    first = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first.replace(day=min(day, calendar.monthrange(first.year, first.month)[1]))


def last_banking_day(due: date, closed: Container[date]) -> date:
    """The last day up to `due` that is neither Saturday, Sunday nor in `closed`.

    No source says that a day may move later, so ours moves earlier: early is never late.
    """
    day = due
    while day.weekday() >= 5 or day in closed:
        day -= timedelta(days=1)
    return day
