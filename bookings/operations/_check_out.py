from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.operations._hold import hold, moved, span
from bookings.operations._tell import hint
from bookings.operations._visit import speak
from bookings.rules.visit_times import as_declared
from bookings.types import BookingState, Side
from coop.audit import operations as audit
from coop.kernel import NotAllowed, saying
from coop.members.types import MemberRef


@transaction.atomic
def check_out(*, by: MemberRef, at: datetime, booking_id: UUID) -> None:
    """Say that the work is over. It counts as the worker's word on the time; again is no change.

    The household confirms or says otherwise; what its silence means is the members' rule.
    """
    row = hold(by, booking_id)
    if row.state != BookingState.IN_PROGRESS or row.started_at is None:
        raise moved(row, "ended")
    if not (by.worker_id == row.worker_id or by.has("coordinator")):
        raise NotAllowed("not_her_visit", _("The worker says when she is done."))
    if row.ended_at is not None:
        return
    row.ended_at = at
    row.version += 1
    row.save(update_fields=["ended_at", "version"])
    audit.record(by=by, at=at, sentence=saying("ended a visit"), about=("booking", row.id))
    during = as_declared(row.started_at, at, span(row))
    speak(by=by, at=at, row=row, side=Side.WORKER, during=during, note="")
    hint(row)
