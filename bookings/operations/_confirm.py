from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from bookings.events import BookingConfirmed
from bookings.models import Booking
from bookings.operations._hold import hold, moved, span, step
from bookings.operations._tell import hint, notify_household, notify_worker
from bookings.types import BookingState
from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import NotAllowed, saying
from coop.members.types import MemberRef
from coop.outbox import operations as outbox

REMIND_BEFORE = timedelta(hours=18)
ASK_AFTER = timedelta(hours=1)


@transaction.atomic
def confirm(*, by: MemberRef, at: datetime, booking_id: UUID) -> None:
    """The money is secured: the visit stands. Confirming twice is confirming once."""
    if not (by.is_system or by.has("coordinator", "treasurer")):
        raise NotAllowed("office_only", "A visit is confirmed when its money is secured.")
    row = hold(_whole(by), booking_id)
    if row.state == BookingState.CONFIRMED:
        return
    worker_id = row.worker_id
    if worker_id is None:
        raise moved(row, "confirmed")
    step(row, "secure", "confirmed")
    audit.record(by=by, at=at, sentence=saying("confirmed a visit"), about=("booking", row.id))
    _remind_later(by, at, row)
    _ask_later(by, at, row)
    key = f"confirmed:{row.id}:{row.version}"
    notify_worker(by, at, row, worker_id, "booking_confirmed", f"{key}:worker")
    notify_household(by, at, row, "booking_confirmed", f"{key}:household")
    publish(
        BookingConfirmed(
            row.cooperative_id, row.id, worker_id, row.household_id, row.quote_id, span(row), at
        )
    )
    hint(row)


def _whole(by: MemberRef) -> MemberRef:
    """A treasurer sees no bookings, but may say that a transfer arrived."""
    return replace(by, offices=by.offices | {"coordinator"}) if by.has("treasurer") else by


def _remind_later(by: MemberRef, at: datetime, row: Booking) -> None:
    outbox.promise(
        key=f"remind:{row.id}:{row.worker_id}", effect="bookings.remind",
        payload={"booking": str(row.id), "worker": str(row.worker_id)},
        due_at=max(at, row.during.lower - REMIND_BEFORE), at=at,
        cooperative_id=by.cooperative_id,
    )  # fmt: skip


def _ask_later(by: MemberRef, at: datetime, row: Booking) -> None:
    """An hour after the end somebody asks, if nobody said how it was."""
    outbox.promise(
        key=f"word:{row.id}:{row.worker_id}", effect="bookings.ask_for_word",
        payload={"booking": str(row.id), "worker": str(row.worker_id)},
        due_at=max(at, row.during.upper + ASK_AFTER), at=at, cooperative_id=by.cooperative_id,
    )  # fmt: skip
