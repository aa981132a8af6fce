"""The dates of a wish that comes again: wall time and zone kept, UTC worked out per date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar
import recurring_ical_events

from bookings.types import Weekly
from coop.kernel import BadInput, TimeRange

MOST_DATES = 366
MOST_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a series; `during` is None where the clocks leave no such hour that night."""

    on: date
    during: TimeRange | None


def occurrences(weekly: Weekly) -> tuple[Occurrence, ...]:
    """Every date, the first first; the wall clock stays through a change of the clocks."""
    return tuple(Occurrence(day, _during(weekly, day)) for day in dates(weekly))


def dates(weekly: Weekly) -> tuple[date, ...]:
    """Every date, the first first. Raises BadInput `series_unreadable`."""
    if not 1 <= weekly.every_weeks <= MOST_WEEKS or not 1 <= weekly.count <= MOST_DATES:
        raise BadInput(
            "series_unreadable",
            "A series comes every 1 to %(weeks)s weeks, at most %(dates)s times.",
            weeks=MOST_WEEKS,
            dates=MOST_DATES,
        )
    try:
        ZoneInfo(weekly.zone)
        found = recurring_ical_events.of(_calendar(weekly)).after(weekly.first_on)
        days = tuple(one["DTSTART"].dt for one in found)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise BadInput("series_unreadable", "%(zone)r is not a zone.", zone=weekly.zone) from error
    except (ValueError, OverflowError) as error:
        raise BadInput("series_unreadable", "This series has no readable dates.") from error
    # The library stops in silence at the end of the calendar; we skip no date in silence.
    if len(days) != weekly.count:
        raise BadInput("series_unreadable", "This series has no readable dates.")
    return days


def _calendar(weekly: Weekly) -> icalendar.Calendar:
    """The series as RFC 5545 writes it, by whole days of the place."""
    event = icalendar.Event()
    event.add("uid", "series")
    event.add("dtstart", weekly.first_on)
    event.add("rrule", icalendar.vRecur.from_ical(weekly.rrule))
    calendar = icalendar.Calendar()
    calendar.add_component(event)
    return calendar


def _during(weekly: Weekly, day: date) -> TimeRange | None:
    try:
        return TimeRange.on_wall(day, weekly.starts, weekly.ends, weekly.zone)
    except BadInput:
        return None
