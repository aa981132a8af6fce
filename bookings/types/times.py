"""When somebody can work, and visits that come again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from coop.kernel import Said, ours

_IN_THE_WAY = {
    "hour_missing": ours("The clocks change that night: there is no such hour."),
    "in_the_past": ours("This date is over."),
    "too_far": ours("A visit is priced at most 365 days ahead. Book this date later."),
    "already_booked": ours("There is a visit at this address at that time already."),
    "nobody_free": ours(
        "No worker is free and near at that time within the law's limits,"
        " next to the other visits that are asked for."
    ),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A date of a series that cannot be booked as wished, and why. It is not skipped silently."""

    on: date
    code: str

    @property
    def reason(self) -> str:
        """In the language of whoever reads it now."""
        return str(Said(_IN_THE_WAY[self.code]))


class Conflicts(tuple[Conflict, ...]):
    """Conflicts as facts of a refusal: to a program each date with its code."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(f"{one.on.isoformat()} {one.code}" for one in self)


@dataclass(frozen=True, slots=True)
class SeriesResult:
    """What became of a wish for a series. With conflicts and no consent nothing was booked, and
    `dates` are those that could be."""

    series_id: UUID | None
    booking_ids: tuple[UUID, ...]
    dates: tuple[date, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every so many weeks on one weekday by the wall clock of a place; `count` dates in all."""

    first_on: date
    starts: time
    ends: time
    zone: str
    every_weeks: int = 1
    count: int = 8

    @property
    def rrule(self) -> str:
        """The recurrence as RFC 5545 writes it."""
        return f"FREQ=WEEKLY;INTERVAL={self.every_weeks};COUNT={self.count}"


@dataclass(frozen=True, slots=True)
class Window:
    """Wall-clock hours of a weekday (Monday is 0); an end not after the start is next day."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class DayException:
    """A date that differs from the week: free hours, or none when `starts` is None."""

    on: date
    starts: time | None = None
    ends: time | None = None


@dataclass(frozen=True, slots=True)
class AvailabilityCard:
    """What a worker said about her time."""

    worker_id: UUID
    zone: str
    week: tuple[Window, ...]
    exceptions: tuple[DayException, ...]
    leave: tuple[tuple[date, date, str], ...]
