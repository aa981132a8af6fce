"""When a worker said she is free."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from bookings.matching import WeekHours
from bookings.models import Calendar
from bookings.types import AvailabilityCard, DayException, Window
from coop.kernel import NotFound
from coop.members.types import MemberRef


def availability(*, by: MemberRef, worker_id: UUID) -> AvailabilityCard:
    """Her own, or any for the coordinator. Raises NotFound `calendar_unknown`."""
    allowed = by.is_system or by.has("coordinator") or by.worker_id == worker_id
    rows = Calendar.objects.filter(cooperative_id=by.cooperative_id, worker_id=worker_id)
    calendar = rows.prefetch_related("windows", "exceptions", "leave").first()
    if calendar is None or not allowed:
        raise NotFound("calendar_unknown", "This worker is not known here.")
    hours = week_hours(calendar)
    leave = sorted((row.days.lower, row.days.upper, row.kind) for row in calendar.leave.all())
    return AvailabilityCard(worker_id, calendar.zone, hours.week, hours.exceptions, tuple(leave))


def hours_of_workers(cooperative_id: UUID, worker_ids: Sequence[UUID]) -> dict[UUID, WeekHours]:
    """The hours of many workers in four queries."""
    rows = Calendar.objects.filter(cooperative_id=cooperative_id, worker_id__in=worker_ids)
    found = rows.prefetch_related("windows", "exceptions", "leave")
    return {row.worker_id: week_hours(row) for row in found}


def week_hours(calendar: Calendar) -> WeekHours:
    windows = sorted((w.weekday, w.starts, w.ends) for w in calendar.windows.all())
    exceptions = sorted(calendar.exceptions.all(), key=lambda row: row.on)
    return WeekHours(
        tuple(Window(*window) for window in windows),
        tuple(DayException(e.on, e.starts, e.ends) for e in exceptions),
        tuple(sorted((row.days.lower, row.days.upper) for row in calendar.leave.all())),
    )
