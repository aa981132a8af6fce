"""What governance does when others announce something, when a time comes, or when an SMS votes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from coop.events import react_to
from coop.kernel import BadInput
from coop.members import queries as members
from coop.members.events import CooperativeFounded
from coop.notices.registry import on_word, plain, template
from coop.outbox.registry import effect
from governance import operations, queries
from governance.rules.days import day_of

_LINK = "/decide/%(proposal)s/"
template(
    "proposal_discussed", link=_LINK, subject=_n("A proposal to discuss"),
    text=_n("Proposal %(number)s is open for discussion: %(title)s"),
)  # fmt: skip
template(
    "vote_noticed", link=_LINK, subject=_n("A vote is coming"),
    text=_n("We will vote on proposal %(number)s: %(title)s. Its text is final now."),
)  # fmt: skip
template(
    "vote_open", link=_LINK, subject=_n("Your vote is open"),
    text=_n(
        "Vote on proposal %(number)s: %(title)s. Answer VOTE %(number)s YES, NO or ABSTAIN."
    ),
)  # fmt: skip
template(
    "vote_passed", link=_LINK, subject=_n("A proposal passed"),
    text=_n("The members said yes to proposal %(number)s: %(title)s"),
)  # fmt: skip
template(
    "vote_below_law", link=_LINK, subject=_n("A passed proposal cannot take effect"),
    text=_n(
        "The members said yes to proposal %(number)s: %(title)s. It cannot take effect,"
        " because the law asks more now: %(law)s. The rule stays as it was."
    ),
)  # fmt: skip
template(
    "vote_failed", link=_LINK, subject=_n("A proposal did not pass"),
    text=_n("Proposal %(number)s did not pass: %(title)s"),
)  # fmt: skip

#: What people write, in the languages here.
_CHOICES = {
    "yes": "yes", "y": "yes", "si": "yes", "sim": "yes", "ja": "yes", "yebo": "yes",
    "no": "no", "n": "no", "nao": "no", "cha": "no",
    "abstain": "abstain", "abstencion": "abstain", "abstengo": "abstain",
}  # fmt: skip


@react_to(CooperativeFounded)
def charter(event: CooperativeFounded) -> None:
    operations.charter_missing_keys(by=members.system_ref(event.cooperative_id), at=event.at)


@effect("governance.open_ballot")
def open_at_its_time(payload: dict[str, Any], *, at: datetime) -> None:
    """Open it unless it was withdrawn or somebody opened it by hand."""
    by = members.system_ref(UUID(payload["cooperative"]))
    proposal = UUID(payload["proposal"])
    if queries.stands_at(proposal) == ("noticed", "set_up"):
        operations.open_ballot(by=by, at=at, proposal_id=proposal)


@effect("governance.close_ballot")
def close_at_its_time(payload: dict[str, Any], *, at: datetime) -> None:
    """Close and count it unless somebody did."""
    by = members.system_ref(UUID(payload["cooperative"]))
    proposal = UUID(payload["proposal"])
    if queries.stands_at(proposal) == ("voting", "open"):
        operations.close_ballot(by=by, at=at, proposal_id=proposal)


@on_word("VOTE", "VOTO", "VOTAR", usage=_n("VOTE number YES, NO or ABSTAIN"))
def vote_by_sms(person_id: UUID, text: str, at: datetime) -> str:
    """A vote by SMS is the same vote: one, final, and only for who is on the roll."""
    words = text.split()
    choice = _CHOICES.get(plain(words[-1])) if len(words) > 1 else None
    if choice is None or not words[0].isdecimal() or len(words[0]) > 9:
        raise BadInput("vote_unreadable", _("Write VOTE, the number, and YES, NO or ABSTAIN."))
    number = int(words[0])
    found = queries.open_ballot_number(person_id=person_id, number=number)
    if len(found) != 1:
        raise BadInput(
            "vote_unknown", _("There is no open vote %(number)s for you.") % {"number": number}
        )
    [(cooperative_id, proposal_id)] = found
    on = day_of(at, members.cooperative(cooperative_id).zone)
    ref = members.ref_for(person_id=person_id, cooperative_id=cooperative_id, on=on)
    operations.cast_vote(by=ref, at=at, proposal_id=proposal_id, choice=choice)
    return _("Your vote on proposal %(number)s is in the box.") % {"number": number}
