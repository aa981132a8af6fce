from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.events import VisitStarted
from bookings.models import Booking
from bookings.operations._hold import hold, moved, step
from bookings.operations._tell import hint
from bookings.types import MOST_WRONG_CODES, BookingState
from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import BadInput, NotAllowed, RuleBroken, saying
from coop.members.types import MemberRef

EARLY = timedelta(hours=1)


def check_in(
    *, by: MemberRef, at: datetime, booking_id: UUID, client_code: str = ""
) -> BookingState:
    """Say that she is there: by the household's four digits, or by both sides tapping.

    Nobody's place is tracked. Returns the state after it; `in_progress` once it began. After five
    wrong tries the way of the code is closed for the visit (`code_closed`).
    """
    with transaction.atomic():
        state = _arrive(by, at, booking_id, client_code)
    # A wrong try stays counted: it is refused after its own transaction, not inside it.
    if state is None:
        raise BadInput(
            "code_wrong", _("These are not the household's four digits. Ask for them again.")
        )
    return state


def _arrive(by: MemberRef, at: datetime, booking_id: UUID, code: str) -> BookingState | None:
    """The state after it, or None when a wrong code was counted and nothing else happened."""
    row = hold(by, booking_id)
    if row.state == BookingState.IN_PROGRESS:
        return BookingState.IN_PROGRESS
    if row.state != BookingState.CONFIRMED or row.worker_id is None:
        raise moved(row, "begun")
    if not row.during.lower - EARLY <= at < row.during.upper:
        raise RuleBroken(
            "not_now",
            _("A visit begins at most an hour early, and before its end. Try then."),
        )
    is_hers = by.worker_id is not None and by.worker_id == row.worker_id
    if is_hers and code and not _fits(row, code):
        _count(by, at, row)
        return None
    _mark(by, at, row, by_code=bool(code))
    if row.worker_arrived_at is None or row.household_arrived_at is None:
        row.version += 1
        row.save()
        audit.record(by=by, at=at, sentence=saying("said she is there"), about=("booking", row.id))
        hint(row)
        return BookingState.CONFIRMED
    row.started_at = at
    step(row, "start", "begun")
    audit.record(by=by, at=at, sentence=saying("began a visit"), about=("booking", row.id))
    publish(VisitStarted(row.cooperative_id, row.id, row.worker_id, row.household_id, at))
    hint(row)
    return BookingState.IN_PROGRESS


def _fits(row: Booking, code: str) -> bool:
    """Whether these are the four digits. Raises RuleBroken `code_closed` after too many tries."""
    if row.wrong_codes >= MOST_WRONG_CODES:
        raise RuleBroken(
            "code_closed",
            _(
                "The code was wrong too often, so it does not count for this visit any more. Say"
                " that you are there without it, and ask the household to say so too."
            ),
        )
    return hmac.compare_digest(code.encode(), row.client_code.encode())


def _count(by: MemberRef, at: datetime, row: Booking) -> None:
    row.wrong_codes += 1
    row.version += 1
    row.save(update_fields=["wrong_codes", "version"])
    audit.record(by=by, at=at, sentence=saying("tried a wrong code"), about=("booking", row.id))
    if row.wrong_codes == MOST_WRONG_CODES:
        hint(row)


def _mark(by: MemberRef, at: datetime, row: Booking, *, by_code: bool) -> None:
    if by.worker_id is not None and by.worker_id == row.worker_id:
        row.worker_arrived_at = row.worker_arrived_at or at
        if by_code:
            row.household_arrived_at = row.household_arrived_at or at
    elif by.household_id == row.household_id:
        row.household_arrived_at = row.household_arrived_at or at
    elif by.has("coordinator"):
        row.worker_arrived_at = row.household_arrived_at = at
    else:
        raise NotAllowed("not_her_visit", _("Only the two sides can say that the visit began."))
