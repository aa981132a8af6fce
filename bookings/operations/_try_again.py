"""A visit nobody could be asked for is tried again by itself, each try promised once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bookings.models import Booking
from bookings.types import BookingState
from coop.members.types import MemberRef
from coop.outbox import operations as outbox

HOUR = timedelta(hours=1)
MOST = 200


def try_within_the_hour(*, by: MemberRef, at: datetime, row: Booking) -> None:
    """Promise a try at the next full hour before the visit; all who promise it promise the same."""
    due = at.replace(minute=0, second=0, microsecond=0) + HOUR
    if due < row.during.lower:
        _promise(by, at, row.id, f"pair:{row.id}:hour:{due.isoformat()}", due)


def try_others(*, by: MemberRef, at: datetime, freed: UUID, during: Any = None) -> None:
    """A worker got time: promise a try now for visits without a worker (of a stretch, or all)."""
    rows = Booking.objects.filter(
        cooperative_id=by.cooperative_id, state=BookingState.REQUESTED, worker__isnull=True,
        during__startswith__gt=at,
    )  # fmt: skip
    if during is not None:
        rows = rows.filter(during__overlap=during)
    for booking_id in rows.order_by("id").values_list("id", flat=True)[:MOST]:
        key = f"pair:{booking_id}:free:{freed}:{at.isoformat()}"
        _promise(by, at, booking_id, key, at)


def _promise(by: MemberRef, at: datetime, booking_id: UUID, key: str, due: datetime) -> None:
    outbox.promise(
        key=key, effect="bookings.offer_next", payload={"booking": str(booking_id)},
        due_at=due, at=at, cooperative_id=by.cooperative_id,
    )  # fmt: skip
