from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.models import Booking, Declaration
from bookings.operations._complete import complete
from bookings.operations._hold import hold, moved, step
from bookings.operations._not_held import not_held
from bookings.operations._tell import hint
from bookings.operations._visit import is_side, last_word, other, side_of, time_of
from bookings.types import Absence, BookingState
from coop.audit import operations as audit
from coop.kernel import RuleBroken, saying
from coop.members.types import MemberRef

#: Of a visit that has not begun only its absence can be told.
_OPEN = {BookingState.CONFIRMED, BookingState.IN_PROGRESS}


@transaction.atomic
def confirm_visit(
    *, by: MemberRef, at: datetime, booking_id: UUID, said_at: datetime | None = None
) -> UUID | None:
    """Agree with what the other side said about the time; the hours are written. The visit's id.

    Agreed that there was none, it is closed and there is no id.
    `said_at` names the word that was read: when another came since, nothing is agreed
    (`word_changed`). The coordinator agrees with whoever spoke last; in a visit
    of her own she is only its worker or its household.
    """
    row = hold(by, booking_id)
    word = _word(by, row) if row.state in _OPEN else None
    if word is None:
        raise moved(row, "confirmed as done")
    if said_at is not None and word.said_at != said_at:
        raise RuleBroken(
            "word_changed", _("Another time was told since you looked. Read it, then agree.")
        )
    if word.absence:
        audit.record(
            by=by,
            at=at,
            sentence=saying("agreed that there was no visit"),
            about=("booking", row.id),
        )
        not_held(by=by, at=at, row=row, absence=Absence(word.absence))
        hint(row)
        return None
    step(row, "finish", "done")
    audit.record(by=by, at=at, sentence=saying("agreed on a visit"), about=("booking", row.id))
    visit_id = complete(by=by, at=at, row=row, during=time_of(word))
    hint(row)
    return visit_id


def _word(by: MemberRef, row: Booking) -> Declaration | None:
    if not is_side(by, row) and (by.is_system or by.has("coordinator")):
        return last_word(row)
    return last_word(row, other(side_of(by, row)))
