"""What the outbox carries out for bookings: ids in, one operation."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from bookings import operations, queries
from bookings.types import BookingState
from coop.members import queries as members
from coop.members.types import MemberRef
from coop.outbox.registry import effect


@effect("bookings.offer_next")
def offer_next(payload: dict[str, Any], *, at: datetime) -> None:
    booking_id = UUID(payload["booking"])
    operations.offer_next(by=_system(booking_id=booking_id), at=at, booking_id=booking_id)


@effect("bookings.expire_offer")
def expire_offer(payload: dict[str, Any], *, at: datetime) -> None:
    offer_id = UUID(payload["offer"])
    by = members.system_ref(queries.cooperative_of_offer(offer_id))
    operations.expire_offer(by=by, at=at, offer_id=offer_id)


@effect("bookings.expire_booking")
def expire_booking(payload: dict[str, Any], *, at: datetime) -> None:
    booking_id = UUID(payload["booking"])
    operations.expire_booking(by=_system(booking_id=booking_id), at=at, booking_id=booking_id)


@effect("bookings.remind")
def remind(payload: dict[str, Any], *, at: datetime) -> None:
    booking_id = UUID(payload["booking"])
    operations.remind(
        by=_system(booking_id=booking_id), at=at, booking_id=booking_id,
        worker_id=UUID(payload["worker"]),
    )  # fmt: skip


@effect("bookings.confirm_visit")
def confirm_visit(payload: dict[str, Any], *, at: datetime) -> None:
    """A day of silence agrees; spoken in the meantime, there is nothing to do."""
    booking_id = UUID(payload["booking"])
    by = _system(booking_id=booking_id)
    if queries.booking(by=by, booking_id=booking_id).state is BookingState.IN_PROGRESS:
        operations.confirm_visit(by=by, at=at, booking_id=booking_id)


def _system(*, booking_id: UUID) -> MemberRef:
    return members.system_ref(queries.cooperative_of(booking_id))
