"""A worker's visits: where to go, arriving, leaving, giving back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status
from pydantic import AwareDatetime

from bookings import operations, queries
from bookings import schemas as s
from bookings.api.acting import REFUSED, act
from bookings.types import AddressView, WorkCard
from coop.members.access import ref_of

router = Router()


@router.get("/work", response={200: list[s.WorkOut], **REFUSED}, summary="The visits I took")
def my_work(
    request: HttpRequest,
    starting_from: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
) -> list[WorkCard]:
    """From sixty days back to ninety ahead, when nothing else is asked."""
    now = timezone.now()
    return queries.my_work(
        by=ref_of(request), starting_from=starting_from or now - timedelta(days=60),
        until=until or now + timedelta(days=90),
    )  # fmt: skip


@router.get(
    "/work/{uuid:booking_id}", response={200: s.WorkOut, **REFUSED}, summary="A visit I took"
)
def work(request: HttpRequest, booking_id: UUID) -> WorkCard:
    return queries.work(by=ref_of(request), booking_id=booking_id)


@router.get(
    "/work/{uuid:booking_id}/address", response={200: s.AddressOut, **REFUSED},
    summary="Where to go; each read is kept",
)  # fmt: skip
def address(request: HttpRequest, booking_id: UUID) -> AddressView:
    return queries.address_for_worker(**act(request, booking_id))


@router.post(
    "/work/{uuid:booking_id}/withdraw", response={204: None, **REFUSED},
    summary="I cannot go; it leaves no mark",
)  # fmt: skip
def withdraw(request: HttpRequest, booking_id: UUID, said: s.WithdrawIn) -> Status[None]:
    operations.cancel_by_worker(**act(request, booking_id), reason=said.reason)
    return Status(204, None)
