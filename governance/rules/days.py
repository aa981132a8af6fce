"""Days of the place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def day_of(at: datetime, zone: str) -> date:
    """Which day it is in the place."""
    return at.astimezone(ZoneInfo(zone)).date()


def days_later(at: datetime, days: int, zone: str) -> datetime:
    """The same time of the wall clock, some calendar days later."""
    wall = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + timedelta(days=days)
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
