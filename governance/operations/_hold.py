"""Finding and locking the proposal that an act is about."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from coop.kernel import NotFound, RuleBroken
from coop.members.types import MemberRef
from governance.models import Ballot, PolicyVersion, Proposal
from governance.policies import DECISION_TYPES
from governance.queries import visible_to


def hold_proposal(by: MemberRef, proposal_id: UUID) -> Proposal:
    """Lock a proposal that she may see. Raises NotFound `proposal_unknown`."""
    row = visible_to(by).select_for_update(of=("self",)).filter(id=proposal_id).first()
    if row is None:
        raise NotFound("proposal_unknown", _("There is no such proposal."))
    return row


def hold_charter(cooperative_id: UUID) -> None:
    """Queue behind others who number, announce or enact: the charter's first row is the door."""
    rows = PolicyVersion.objects.select_for_update().filter(
        cooperative_id=cooperative_id, key=DECISION_TYPES.name, founding=True
    )
    rows.first()


def hold_ballot(proposal: Proposal) -> Ballot:
    """Lock the latest ballot of a held proposal. Raises RuleBroken `ballot_none`."""
    row = Ballot.objects.select_for_update().filter(proposal=proposal).order_by("-call").first()
    if row is None:
        raise RuleBroken("ballot_none", _("There is no ballot yet: notice was not given."))
    return row


def wrong_step(error: TransitionNotAllowed, row: Proposal | Ballot) -> RuleBroken:
    """The sentence for a step that its state does not allow."""
    return RuleBroken(
        "step_not_possible",
        _("This is not possible now: it stands at “%(state)s”.") % {"state": row.state},
        state=row.state,
    )
