from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from bookings.models import AvailabilityException, AvailabilityWindow, Calendar, Leave
from bookings.operations._hold import hold_calendar
from bookings.operations._try_again import try_others
from bookings.types import DayException, Window
from coop.audit import operations as audit
from coop.kernel import BadInput, NotFound, RuleBroken, saying
from coop.members.types import MemberRef

MOST_WINDOWS = 28
USED = "This request was used for something else. Ask anew."


@transaction.atomic
def set_availability(
    *, by: MemberRef, at: datetime, worker_id: UUID, week: Sequence[Window]
) -> None:
    """Say the hours of the week she wants to work; it replaces what she said before."""
    calendar = _hers(by, worker_id)
    if len(week) > MOST_WINDOWS or any(not 0 <= window.weekday <= 6 for window in week):
        raise BadInput("week_unreadable", "A week has seven days and at most four windows a day.")
    if len({(window.weekday, window.starts) for window in week}) != len(week):
        raise BadInput("week_unreadable", "Two windows of one day begin at the same time.")
    calendar.windows.all().delete()
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(
            cooperative_id=by.cooperative_id, calendar=calendar, weekday=window.weekday,
            starts=window.starts, ends=window.ends,
        )
        for window in week
    )  # fmt: skip
    audit.record(by=by, at=at, sentence=saying("said her hours"), about=("worker", worker_id))
    try_others(by=by, at=at, freed=worker_id)


@transaction.atomic
def set_exception(*, by: MemberRef, at: datetime, worker_id: UUID, exception: DayException) -> None:
    """Say that one date differs: other hours, or not free; it replaces an earlier word on it."""
    calendar = _hers(by, worker_id)
    if (exception.starts is None) != (exception.ends is None):
        raise BadInput("day_unreadable", "Other hours need a start and an end.")
    AvailabilityException.objects.update_or_create(
        calendar=calendar, on=exception.on,
        defaults={
            "cooperative_id": by.cooperative_id, "starts": exception.starts,
            "ends": exception.ends,
        },
    )  # fmt: skip
    audit.record(
        by=by,
        at=at,
        sentence=saying("said her hours of %(on)s", on=exception.on),
        about=("worker", worker_id),
    )
    try_others(by=by, at=at, freed=worker_id)


@transaction.atomic
def take_leave(
    *,
    by: MemberRef,
    at: datetime,
    worker_id: UUID,
    first_on: date,
    until_on: date,
    kind: str = "leave",
    request_id: UUID | None = None,
) -> UUID:
    """Be away from `first_on` up to, not including, `until_on`; visits she took stay hers.

    The same request again is the same leave.
    """
    calendar = _hers(by, worker_id)
    if not first_on < until_on or (until_on - first_on).days > 366:
        raise BadInput("leave_unreadable", "Leave ends after it begins, within a year.")
    if kind not in {"leave", "illness", "family", "training"}:
        raise BadInput("leave_kind", "Leave is leave, illness, family or training.")
    if request_id is not None:
        # Her calendar is locked, so no twin of this request of hers is under way.
        of_request = Leave.objects.filter(cooperative_id=by.cooperative_id, request_id=request_id)
        if (known := of_request.first()) is not None:
            same = (known.calendar_id, known.days, known.kind) == (
                calendar.pk, DateRange(first_on, until_on), kind,
            )  # fmt: skip
            if not same:
                raise RuleBroken("request_used", USED)
            return known.id
    row = Leave.objects.create(
        cooperative_id=by.cooperative_id, calendar=calendar,
        days=DateRange(first_on, until_on), kind=kind, taken_at=at,
        request_id=request_id,
    )  # fmt: skip
    said = saying("is away from %(first)s to %(until)s", first=first_on, until=until_on)
    audit.record(by=by, at=at, sentence=said, about=("worker", worker_id))
    return row.id


def _hers(by: MemberRef, worker_id: UUID) -> Calendar:
    if not (by.is_system or by.has("coordinator") or by.worker_id == worker_id):
        raise NotFound("calendar_unknown", "This worker is not known here.")
    return hold_calendar(by.cooperative_id, worker_id)
