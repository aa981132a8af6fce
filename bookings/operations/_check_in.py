from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from bookings.events import VisitStarted
from bookings.models import Booking
from bookings.operations._hold import hold, moved, step
from bookings.operations._tell import hint
from bookings.types import BookingState
from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import BadInput, NotAllowed, RuleBroken
from coop.members.types import MemberRef

EARLY = timedelta(hours=1)


@transaction.atomic
def check_in(
    *, by: MemberRef, at: datetime, booking_id: UUID, client_code: str = ""
) -> BookingState:
    """Say that she is there: by the household's four digits, or by both sides tapping.

    Nobody's place is tracked. Returns the state after it; `in_progress` once it began.
    """
    row = hold(by, booking_id)
    if row.state == BookingState.IN_PROGRESS:
        return BookingState.IN_PROGRESS
    if row.state != BookingState.CONFIRMED or row.worker_id is None:
        raise moved(row, "begun")
    if not row.during.lower - EARLY <= at < row.during.upper:
        raise RuleBroken(
            "not_now", "A visit begins at most an hour early, and before its end. Try then.",
        )  # fmt: skip
    _mark(by, at, row, client_code)
    if row.worker_arrived_at is None or row.household_arrived_at is None:
        row.version += 1
        row.save()
        audit.record(by=by, at=at, sentence="said she is there", about=("booking", row.id))
        hint(row)
        return BookingState.CONFIRMED
    row.started_at = at
    step(row, "start", "begun")
    audit.record(by=by, at=at, sentence="began a visit", about=("booking", row.id))
    publish(VisitStarted(row.cooperative_id, row.id, row.worker_id, row.household_id, at))
    hint(row)
    return BookingState.IN_PROGRESS


def _mark(by: MemberRef, at: datetime, row: Booking, client_code: str) -> None:
    if by.worker_id is not None and by.worker_id == row.worker_id:
        row.worker_arrived_at = row.worker_arrived_at or at
        if client_code:
            if not hmac.compare_digest(client_code.encode(), row.client_code.encode()):
                raise BadInput(
                    "code_wrong", "These are not the household's four digits. Ask for them again."
                )
            row.household_arrived_at = row.household_arrived_at or at
    elif by.household_id == row.household_id:
        row.household_arrived_at = row.household_arrived_at or at
    elif by.has("coordinator"):
        row.worker_arrived_at = row.household_arrived_at = at
    else:
        raise NotAllowed("not_her_visit", "Only the two sides can say that the visit began.")
