from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.operations._hold import hold
from bookings.operations._tell import hint, notify_household, notify_worker
from bookings.operations._visit import last_word
from bookings.types import BookingState
from coop.audit import operations as audit
from coop.kernel import NotAllowed, saying
from coop.members.types import MemberRef


@transaction.atomic
def ask_for_word(*, by: MemberRef, at: datetime, booking_id: UUID, worker_id: UUID) -> None:
    """Ask both sides when a visit was that is over and nobody spoke of, so that she is paid."""
    if not by.is_system:
        raise NotAllowed("system_only", _("Questions are sent when they are due."))
    row = hold(by, booking_id)
    open_ = row.state in {BookingState.CONFIRMED, BookingState.IN_PROGRESS}
    if not open_ or row.worker_id != worker_id or row.during.upper > at or last_word(row):
        return
    key = f"word:{row.id}:{worker_id}"
    notify_worker(by, at, row, worker_id, "visit_unspoken", f"{key}:worker")
    notify_household(by, at, row, "visit_unspoken", f"{key}:household")
    audit.record(by=by, at=at, sentence=saying("asked when a visit was"), about=("booking", row.id))
    hint(row)
