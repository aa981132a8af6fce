"""The dates of a wish that comes again: wall time and zone kept, UTC worked out per date."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bookings.types import Weekly
from coop.kernel import BadInput, TimeRange

MOST_DATES = 53
MOST_WEEKS = 12


def dates(weekly: Weekly) -> tuple[date, ...]:
    """Every date, the first first. Raises BadInput `series_unreadable`."""
    if not 1 <= weekly.every_weeks <= MOST_WEEKS or not 1 <= weekly.count <= MOST_DATES:
        raise BadInput(
            "series_unreadable",
            f"A series comes every 1 to {MOST_WEEKS} weeks, at most {MOST_DATES} times.",
        )
    try:
        ZoneInfo(weekly.zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadInput("series_unreadable", f"{weekly.zone!r} is not a zone.") from error
    gap = timedelta(weeks=weekly.every_weeks)
    return tuple(weekly.first_on + gap * n for n in range(weekly.count))


def spans(weekly: Weekly) -> tuple[TimeRange, ...]:
    """The UTC stretch of every date; the wall clock stays through a change of the clocks."""
    return tuple(
        TimeRange.on_wall(day, weekly.starts, weekly.ends, weekly.zone) for day in dates(weekly)
    )
