from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from coop.audit import operations as audit
from coop.kernel import BadInput, NotAllowed, RuleBroken, saying
from coop.members.types import MemberRef
from coop.realtime import changed, members_group
from governance.models import Comment
from governance.operations._hold import hold_proposal, wrong_step
from governance.operations._tell import tell_members
from governance.types import ProposalState

LONGEST = 2000


@transaction.atomic
def start_discussion(*, by: MemberRef, at: datetime, proposal_id: UUID) -> None:
    """Show a draft to every member. Raises RuleBroken `step_not_possible`."""
    row = hold_proposal(by, proposal_id)
    if row.proposed_by_id != by.person_id and not by.has("board"):
        raise NotAllowed("not_yours", _("Only who wrote it or the board opens its discussion."))
    try:
        row.discuss()
    except TransitionNotAllowed as error:
        raise wrong_step(error, row) from error
    row.discussed_from = at
    row.save(update_fields=["state", "discussed_from"])
    audit.record(
        by=by, at=at,
        sentence=saying("opened the discussion of proposal %(number)s", number=row.number),
        about=("proposal", row.id),
    )  # fmt: skip
    tell_members(by=by, at=at, proposal=row, template="proposal_discussed")
    changed(groups=[members_group(by.cooperative_id)], what="proposal", id=row.id)


@transaction.atomic
def comment(
    *, by: MemberRef, at: datetime, proposal_id: UUID, text: str, stance: str = "note"
) -> UUID:
    """Say something for, against, or about a proposal until the vote is over; kept as said."""
    row = hold_proposal(by, proposal_id)
    if not by.membership_id or by.person_id is None:
        raise NotAllowed("members_only", _("Members discuss; you may read along."))
    if row.state not in (ProposalState.DISCUSSION, ProposalState.NOTICED, ProposalState.VOTING):
        raise RuleBroken("not_discussed", _("This is not being discussed now."))
    said = text.strip()
    if not said or len(said) > LONGEST or stance not in ("for", "against", "note"):
        raise BadInput("comment_unreadable", _("Write between one and 2000 letters."))
    made = Comment.objects.create(
        cooperative_id=by.cooperative_id, proposal=row, person_id=by.person_id, stance=stance,
        text=said, at=at,
    )  # fmt: skip
    audit.record(
        by=by,
        at=at,
        sentence=saying("commented on proposal %(number)s", number=row.number),
        about=("proposal", row.id),
    )
    changed(groups=[members_group(by.cooperative_id)], what="proposal", id=row.id)
    return made.id
