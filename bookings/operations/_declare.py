from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bookings.models import Booking, Declaration
from bookings.operations._complete import complete
from bookings.operations._hold import hold, step
from bookings.operations._tell import hint
from bookings.operations._visit import (
    begin_by_word,
    check_note,
    check_times,
    last_word,
    may_speak,
    other,
    say,
    side_of,
    speak,
    tell_disputed,
    time_of,
)
from bookings.rules.visit_times import undisputed
from bookings.types import BookingState
from coop.audit import operations as audit
from coop.kernel import TimeRange, saying
from coop.members.types import MemberRef


@transaction.atomic
def declare(
    *, by: MemberRef, at: datetime, booking_id: UUID, during: TimeRange, note: str = ""
) -> BookingState:
    """Say when the visit really was. The same as the other side: done. Otherwise: disputed.

    Also when nobody checked in, once the booked start has passed. What nobody disputes is written
    and paid at once; the rest is settled by the coordinator.
    """
    row = hold(by, booking_id)
    side = side_of(by, row)
    may_speak(row, at)
    check_times(row, during, at)
    check_note(note)
    if row.state == BookingState.CONFIRMED:
        begin_by_word(by=by, at=at, row=row, during=during)
    row.ended_at = row.ended_at or during.end
    row.version += 1
    row.save(update_fields=["ended_at", "version"])
    audit.record(by=by, at=at, sentence=saying("said when a visit was"), about=("booking", row.id))
    theirs = last_word(row, other(side))
    if theirs is None:
        speak(by=by, at=at, row=row, side=side, during=during, note=note)
    else:
        say(row, side, during, note, at)
        _compare(by, at, row, theirs, during)
    hint(row)
    return BookingState(row.state)


def _compare(by: MemberRef, at: datetime, row: Booking, word: Declaration, mine: TimeRange) -> None:
    theirs = None if word.absence else time_of(word)
    if theirs == mine:
        step(row, "finish", "done")
        complete(by=by, at=at, row=row, during=mine)
        return
    step(row, "dispute", "disputed")
    if theirs is not None:
        complete(by=by, at=at, row=row, during=undisputed(theirs, mine))
    tell_disputed(by=by, at=at, row=row)
