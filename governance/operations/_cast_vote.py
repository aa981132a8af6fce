from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import BadInput, NotAllowed, NotFound, RuleBroken, saying
from coop.members.types import MemberRef
from coop.realtime import changed, members_group, person_group
from governance.models import Ballot, BallotRoll, Proposal, Vote
from governance.queries import visible_to
from governance.types import BallotState, Choice


@transaction.atomic
def cast_vote(*, by: MemberRef, at: datetime, proposal_id: UUID, choice: str) -> None:
    """Cast one member's one vote. It is final.

    Raises NotAllowed `not_on_roll`, RuleBroken `ballot_not_open`, `voted_already`.
    """
    row = visible_to(by).filter(id=proposal_id).first()
    if row is None or by.person_id is None:
        raise NotFound("proposal_unknown", _("There is no such proposal."))
    if choice not in {c.value for c in Choice}:
        raise BadInput("choice_unknown", _("Vote yes, no or abstain."))
    ballot = Ballot.objects.filter(proposal=row).order_by("-call").first()
    if ballot is None or ballot.state != BallotState.OPEN:
        raise _not_open()
    entry = BallotRoll.objects.filter(ballot=ballot, person_id=by.person_id).first()
    if entry is None:
        raise NotAllowed(
            "not_on_roll", _("You were not a member when this ballot opened, so you cannot vote.")
        )
    _put_in(Vote(
        cooperative_id=by.cooperative_id, ballot=ballot, membership_id=entry.membership_id,
        choice=choice, cast_at=at,
    ))  # fmt: skip
    _tell(by, at, row)


def _put_in(vote: Vote) -> None:
    """The database decides who is second and what is late; here it is only said in words."""
    try:
        with transaction.atomic():
            vote.save(force_insert=True)
    except IntegrityError as error:
        if "vote_once" in str(error):
            raise RuleBroken("voted_already", _("You have voted. A vote is final.")) from error
        if "vote_while_open" in str(error):
            raise _not_open() from error
        raise


def _not_open() -> RuleBroken:
    return RuleBroken("ballot_not_open", _("This ballot takes no votes now."))


def _tell(by: MemberRef, at: datetime, row: Proposal) -> None:
    # The trail says that she voted, never how; that is read in the box after it closes.
    audit.record(
        by=by,
        at=at,
        sentence=saying("voted on proposal %(number)s", number=row.number),
        about=("proposal", row.id),
    )
    groups = [members_group(by.cooperative_id)]
    if by.person_id:
        groups.append(person_group(by.person_id))
    changed(groups=groups, what="proposal", id=row.id)
