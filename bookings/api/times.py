"""When a worker can work."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from bookings import operations, queries
from bookings import schemas as s
from bookings.api.acting import REFUSED, worker_of
from bookings.types import AvailabilityCard, DayException, Window
from coop.members.access import ref_of

router = Router()


@router.get("/times", response={200: s.TimesOut, **REFUSED}, summary="When I can work")
def times(request: HttpRequest) -> AvailabilityCard:
    ref = ref_of(request)
    return queries.availability(by=ref, worker_id=worker_of(ref))


@router.put("/times/week", response={204: None, **REFUSED}, summary="Say my week")
def week(request: HttpRequest, said: s.WeekIn) -> Status[None]:
    ref = ref_of(request)
    operations.set_availability(
        by=ref, at=timezone.now(), worker_id=worker_of(ref),
        week=[Window(one.weekday, one.starts, one.ends) for one in said.week],
    )  # fmt: skip
    return Status(204, None)


@router.put("/times/days/{on}", response={204: None, **REFUSED}, summary="One date differs")
def day(request: HttpRequest, on: date, said: s.DayIn) -> Status[None]:
    ref = ref_of(request)
    operations.set_exception(
        by=ref, at=timezone.now(), worker_id=worker_of(ref),
        exception=DayException(on, said.starts, said.ends),
    )  # fmt: skip
    return Status(204, None)


@router.post("/times/leave", response={201: s.MadeOut, **REFUSED}, summary="I am away")
def leave(request: HttpRequest, said: s.LeaveIn) -> Status[dict[str, UUID]]:
    ref = ref_of(request)
    made = operations.take_leave(
        by=ref, at=timezone.now(), worker_id=worker_of(ref), first_on=said.first_on,
        until_on=said.until_on, kind=said.kind, request_id=said.request_id,
    )  # fmt: skip
    return Status(201, {"id": made})
