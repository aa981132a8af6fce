from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.models import Booking, Declaration
from bookings.operations._complete import complete
from bookings.operations._hold import hold, span, step
from bookings.operations._not_held import not_held
from bookings.operations._tell import hint
from bookings.operations._visit import last_word, tell_disputed, time_of
from bookings.rules.silence import Silence, absence_by_silence, agreed_by_silence
from bookings.types import Absence, BookingState, Side
from coop.audit import operations as audit
from coop.kernel import NotAllowed, saying
from coop.members.types import MemberRef
from governance.queries import policy_versions


@transaction.atomic
def hear_silence(*, by: MemberRef, at: datetime, booking_id: UUID, word_id: UUID) -> None:
    """The other side said nothing in time: the word counts as far as the members let it.

    The rule is that of the day it was said. What silence does not agree with stays for the
    coordinator. Answered or said anew in the meantime, there is nothing to do.
    """
    if not by.is_system:
        raise NotAllowed("system_only", _("Time alone ends the wait for an answer."))
    row = hold(by, booking_id)
    word = last_word(row)
    open_ = row.state in {BookingState.CONFIRMED, BookingState.IN_PROGRESS}
    if not open_ or word is None or word.id != word_id:
        return
    assert word.silence_version_id is not None
    if word.absence:
        _about_absence(by, at, row, word)
        hint(row)
        return
    agreed, whole = agreed_by_silence(
        Side(word.side), time_of(word), span(row), _rule(by, word.silence_version_id)
    )
    step(row, "finish" if whole else "dispute", "closed by silence")
    complete(by=by, at=at, row=row, during=agreed, silence=word.silence_version_id)
    sentence = (
        saying("took silence for agreement")
        if whole
        else saying("took silence for agreement in part")
    )
    audit.record(
        by=by, at=at, sentence=sentence, about=("booking", row.id),
        facts={"silence": str(word.silence_version_id)},
    )  # fmt: skip
    if not whole:
        tell_disputed(by=by, at=at, row=row)
    hint(row)


def _about_absence(by: MemberRef, at: datetime, row: Booking, word: Declaration) -> None:
    if absence_by_silence(Side(word.side)):
        not_held(
            by=by, at=at, row=row, absence=Absence(word.absence), silence=word.silence_version_id
        )
        return
    step(row, "dispute", "closed by silence")
    audit.record(
        by=by, at=at, sentence=saying("left to the office whether a visit took place"),
        about=("booking", row.id), facts={"silence": str(word.silence_version_id)},
    )  # fmt: skip
    tell_disputed(by=by, at=at, row=row)


def _rule(by: MemberRef, version_id: UUID) -> Silence:
    found = policy_versions([version_id], cooperative_id=by.cooperative_id)
    rule: Silence = found[version_id].value
    return rule
