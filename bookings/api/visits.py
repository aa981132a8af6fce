"""What both sides say of a visit, and what the coordinator settles."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from bookings import operations, queries
from bookings import schemas as s
from bookings.api.acting import REFUSED, act
from bookings.types import BookingState, DeclarationCard, VisitCard
from coop.members.access import ref_of

router = Router()


@router.post(
    "/{uuid:booking_id}/arrive", response={200: s.StateOut, **REFUSED}, summary="She is there"
)
def arrive(request: HttpRequest, booking_id: UUID, said: s.ArriveIn) -> dict[str, BookingState]:
    return {"state": operations.check_in(**act(request, booking_id), client_code=said.code)}


@router.post(
    "/{uuid:booking_id}/leave", response={204: None, **REFUSED}, summary="Her work is over"
)
def leave(request: HttpRequest, booking_id: UUID) -> Status[None]:
    operations.check_out(**act(request, booking_id))
    return Status(204, None)


@router.get(
    "/{uuid:booking_id}/words", response={200: list[s.WordOut], **REFUSED},
    summary="What each side said of the time",
)  # fmt: skip
def words(request: HttpRequest, booking_id: UUID) -> list[DeclarationCard]:
    return queries.declarations(by=ref_of(request), booking_id=booking_id)


@router.post(
    "/{uuid:booking_id}/declare", response={200: s.StateOut, **REFUSED},
    summary="Say when the visit was",
)  # fmt: skip
def declare(request: HttpRequest, booking_id: UUID, said: s.DeclareIn) -> dict[str, BookingState]:
    state = operations.declare(
        **act(request, booking_id), during=said.during.span(), note=said.note
    )
    return {"state": state}


@router.post(
    "/{uuid:booking_id}/absent", response={200: s.StateOut, **REFUSED},
    summary="Say that there was no visit",
)  # fmt: skip
def absent(request: HttpRequest, booking_id: UUID, said: s.AbsenceIn) -> dict[str, BookingState]:
    """The household: nobody came. The worker: she could not get in."""
    return {"state": operations.declare_absence(**act(request, booking_id), note=said.note)}


@router.post(
    "/{uuid:booking_id}/agree", response={200: s.AgreedOut, **REFUSED},
    summary="Agree with the other side's word",
)  # fmt: skip
def agree(request: HttpRequest, booking_id: UUID, said: s.AgreeIn) -> dict[str, UUID | None]:
    return {"id": operations.confirm_visit(**act(request, booking_id), said_at=said.said_at)}


@router.get(
    "/{uuid:booking_id}/visit", response={200: s.VisitOut, **REFUSED}, summary="What happened"
)
def visit(request: HttpRequest, booking_id: UUID) -> VisitCard:
    return queries.visit(by=ref_of(request), booking_id=booking_id)


@router.post("/{uuid:booking_id}/settle", response={204: None, **REFUSED}, summary="Say what holds")
def settle(request: HttpRequest, booking_id: UUID, said: s.SettleIn) -> Status[None]:
    holds = said.during.span() if said.during else said.absence
    assert holds is not None
    operations.settle(**act(request, booking_id), during=holds, reason=said.reason)
    return Status(204, None)
