from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.operations._hold import hold, step
from bookings.operations._tell import hint
from bookings.operations._visit import (
    check_note,
    last_word,
    may_speak,
    met,
    other,
    say,
    side_of,
    speak,
    tell_disputed,
)
from bookings.types import Absence, BookingState, Side
from coop.audit import operations as audit
from coop.kernel import RuleBroken, saying
from coop.members.types import MemberRef


@transaction.atomic
def declare_absence(
    *, by: MemberRef, at: datetime, booking_id: UUID, note: str = ""
) -> BookingState:
    """Say that there was no visit: the household that nobody came, or she that she got not in.

    The other side agrees, says when it was (the office settles it), or is silent. Where both said
    that she was there it is refused as `they_met`.
    """
    row = hold(by, booking_id)
    side = side_of(by, row)
    may_speak(row, at)
    if met(row):
        raise RuleBroken(
            "they_met", _("Both of you said that she was there. Say when the visit was instead.")
        )
    check_note(note)
    absence = Absence.NO_ENTRY if side is Side.WORKER else Absence.NOBODY_CAME
    row.version += 1
    row.save(update_fields=["version"])
    audit.record(
        by=by,
        at=at,
        sentence=saying("said that a visit did not take place"),
        about=("booking", row.id),
    )
    if last_word(row, other(side)) is None:
        speak(by=by, at=at, row=row, side=side, during=absence, note=note)
    else:
        say(row, side, absence, note, at)
        step(row, "dispute", "disputed")
        tell_disputed(by=by, at=at, row=row)
    hint(row)
    return BookingState(row.state)
