"""TimeRange: a half-open stretch of time [start, end) in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coop.kernel.errors import BadInput


@dataclass(frozen=True, slots=True, order=True)
class TimeRange:
    """From `start` up to, not including, `end`. Both are aware and kept in UTC; never empty."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        for instant in (self.start, self.end):
            if instant.tzinfo is None:
                raise BadInput("time_naive", "A time needs its zone.")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.end <= self.start:
            raise BadInput("range_empty", "A stretch of time ends after it starts.")

    @classmethod
    def on_wall(cls, day: date, start: time, end: time, zone: str) -> TimeRange:
        """The wall-clock hours of a day in a place; an end not after the start is the next day's.

        A wall time that a zone skips or repeats is read with fold=0 (PEP 495).
        """
        tz = ZoneInfo(zone)
        last = day if end > start else day + timedelta(days=1)
        return cls(
            datetime.combine(day, start, tzinfo=tz).astimezone(UTC),
            datetime.combine(last, end, tzinfo=tz).astimezone(UTC),
        )

    @property
    def duration(self) -> timedelta:
        """The difference of two UTC instants, so a night of clock change has 7 or 9 real hours."""
        return self.end - self.start

    @property
    def seconds(self) -> int:
        return self.duration.days * 86_400 + self.duration.seconds

    @property
    def minutes(self) -> int:
        return self.seconds // 60

    def overlaps(self, other: TimeRange) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: TimeRange | datetime) -> bool:
        if isinstance(other, TimeRange):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other < self.end

    def intersect(self, other: TimeRange) -> TimeRange | None:
        start, end = max(self.start, other.start), min(self.end, other.end)
        return TimeRange(start, end) if start < end else None

    def widen(self, before: timedelta, after: timedelta) -> TimeRange:
        return TimeRange(self.start - before, self.end + after)
