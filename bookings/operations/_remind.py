from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bookings.operations._hold import hold
from bookings.operations._tell import notify_household, notify_worker
from bookings.types import BookingState
from coop.audit import operations as audit
from coop.kernel import NotAllowed, saying
from coop.members.types import MemberRef


@transaction.atomic
def remind(*, by: MemberRef, at: datetime, booking_id: UUID, worker_id: UUID) -> None:
    """Remind both sides of a visit that still stands with the same worker."""
    if not by.is_system:
        raise NotAllowed("system_only", "Reminders are sent when they are due.")
    row = hold(by, booking_id)
    if row.state != BookingState.CONFIRMED or row.worker_id != worker_id:
        return
    key = f"remind:{row.id}:{worker_id}"
    notify_worker(by, at, row, worker_id, "visit_reminder", f"{key}:worker")
    notify_household(by, at, row, "visit_reminder", f"{key}:household")
    audit.record(by=by, at=at, sentence=saying("reminded of a visit"), about=("booking", row.id))
