from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.operations._complete import complete
from bookings.operations._hold import hold, span, step
from bookings.operations._tell import hint
from bookings.operations._visit import last_word, tell_disputed, time_of
from bookings.rules.silence import Silence, agreed_by_silence
from bookings.types import BookingState, Side
from coop.audit import operations as audit
from coop.kernel import NotAllowed
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
    if row.state != BookingState.IN_PROGRESS or word is None or word.id != word_id:
        return
    assert word.silence_version_id is not None
    agreed, whole = agreed_by_silence(
        Side(word.side), time_of(word), span(row), _rule(by, word.silence_version_id)
    )
    step(row, "finish" if whole else "dispute", "closed by silence")
    complete(by=by, at=at, row=row, during=agreed, silence=word.silence_version_id)
    sentence = "took silence for agreement" if whole else "took silence for agreement in part"
    audit.record(
        by=by, at=at, sentence=sentence, about=("booking", row.id),
        facts={"silence": str(word.silence_version_id)},
    )  # fmt: skip
    if not whole:
        tell_disputed(by=by, at=at, row=row)
    hint(row)


def _rule(by: MemberRef, version_id: UUID) -> Silence:
    found = policy_versions([version_id], cooperative_id=by.cooperative_id)
    rule: Silence = found[version_id].value
    return rule
