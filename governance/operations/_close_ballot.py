from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from coop.audit import operations as audit
from coop.kernel import NotAllowed, RuleBroken, saying
from coop.members.types import MemberRef
from coop.realtime import changed, members_group
from governance.models import Ballot, Proposal
from governance.operations._hold import hold_ballot, hold_proposal, wrong_step
from governance.queries import count_again, outcome_record


@transaction.atomic
def close_ballot(*, by: MemberRef, at: datetime, proposal_id: UUID) -> None:
    """Close the box at its time and count it; nobody saw a result before.

    By the promise made at the opening, or by the election committee. Raises RuleBroken
    `too_early`, `step_not_possible`.
    """
    if not (by.is_system or by.has("election_committee")):
        raise NotAllowed("committee_only", _("Only the election committee closes the ballot."))
    row = hold_proposal(by, proposal_id)
    ballot = hold_ballot(row)
    if at < ballot.closes_at:
        raise RuleBroken("too_early", _("Members may still vote."), until=ballot.closes_at)
    try:
        ballot.close()
    except TransitionNotAllowed as error:
        raise wrong_step(error, ballot) from error
    ballot.closed_at = at
    ballot.save(update_fields=["state", "closed_at"])
    _count(row, ballot)
    audit.record(
        by=by, at=at,
        sentence=saying("closed and counted the ballot on proposal %(number)s", number=row.number),
        about=("proposal", row.id), facts={"input_sha256": ballot.input_sha256},
    )  # fmt: skip
    changed(groups=[members_group(by.cooperative_id)], what="proposal", id=row.id)


def _count(row: Proposal, ballot: Ballot) -> None:
    outcome = count_again(row, ballot)
    ballot.outcome, ballot.input_sha256 = outcome_record(outcome), outcome.input_sha256
    ballot.count()
    ballot.save(update_fields=["state", "outcome", "input_sha256"])
