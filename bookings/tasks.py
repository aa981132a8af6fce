"""What the outbox carries out for bookings: ids in, one operation."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from bookings import operations, queries
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


@effect("bookings.ask_for_word")
def ask_for_word(payload: dict[str, Any], *, at: datetime) -> None:
    booking_id = UUID(payload["booking"])
    operations.ask_for_word(
        by=_system(booking_id=booking_id), at=at, booking_id=booking_id,
        worker_id=UUID(payload["worker"]),
    )  # fmt: skip


@effect("bookings.hear_silence")
def hear_silence(payload: dict[str, Any], *, at: datetime) -> None:
    booking_id = UUID(payload["booking"])
    operations.hear_silence(
        by=_system(booking_id=booking_id), at=at, booking_id=booking_id,
        word_id=UUID(payload["word"]),
    )  # fmt: skip


def _system(*, booking_id: UUID) -> MemberRef:
    return members.system_ref(queries.cooperative_of(booking_id))
