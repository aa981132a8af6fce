from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from coop.audit import operations as audit
from coop.kernel import NotAllowed, RuleBroken, saying
from coop.members.types import MemberRef
from coop.outbox import operations as outbox
from coop.realtime import changed, members_group
from governance.models import Ballot, Proposal
from governance.operations._hold import hold_charter, hold_proposal, wrong_step
from governance.operations._motion import collides, judge, type_in_force
from governance.operations._tell import tell_members
from governance.rules.days import days_later
from governance.rules.terms import motion_of, text_hash
from governance.types import DecisionType


@transaction.atomic
def give_notice(*, by: MemberRef, at: datetime, proposal_id: UUID) -> UUID:
    """Freeze the text, keep the decision type in force now, and announce the vote. Ballot id.

    The law is asked once more. Raises RuleBroken `too_early` before the discussion has had its
    days, `policy_day_taken`, `below_law`, `step_not_possible`.
    """
    row = hold_proposal(by, proposal_id)
    if row.proposed_by_id != by.person_id and not by.has("board", "election_committee"):
        raise NotAllowed("not_yours", _("Only who proposed it or the board gives notice."))
    motion = motion_of(row.motion)
    row.motion, row.decision_kind = judge(by, row.proposed_at, motion)
    hold_charter(by.cooperative_id)
    collides(row, motion)
    kind, terms = type_in_force(by, at, row.decision_kind)
    try:
        row.notice()
    except TransitionNotAllowed as error:
        raise wrong_step(error, row) from error
    _discussed_enough(row, kind, at, by.zone)
    row.noticed_at, row.decision_terms = at, terms
    row.text_sha256 = text_hash(row.title, row.reason, row.motion, terms)
    row.save()
    opens_at = days_later(at, kind.notice_days, by.zone)
    ballot = set_up(by=by, at=at, proposal=row, kind=kind, opens_at=opens_at, call=1)
    audit.record(
        by=by, at=at,
        sentence=saying("gave notice of the vote on proposal %(number)s", number=row.number),
        about=("proposal", row.id), facts={"text_sha256": row.text_sha256},
    )  # fmt: skip
    return ballot.id


def set_up(
    *,
    by: MemberRef,
    at: datetime,
    proposal: Proposal,
    kind: DecisionType,
    opens_at: datetime,
    call: int,
) -> Ballot:
    """A ballot that opens itself at its time; every member is told."""
    ballot = Ballot.objects.create(
        cooperative_id=by.cooperative_id, proposal=proposal, call=call, opens_at=opens_at,
        closes_at=days_later(opens_at, kind.voting_days, by.zone),
    )  # fmt: skip
    outbox.promise(
        key=f"ballot-open:{ballot.id}", effect="governance.open_ballot",
        payload={"cooperative": str(by.cooperative_id), "proposal": str(proposal.id)},
        due_at=opens_at, at=at, cooperative_id=by.cooperative_id,
    )  # fmt: skip
    tell_members(by=by, at=at, proposal=proposal, template="vote_noticed", ballot=ballot)
    changed(groups=[members_group(by.cooperative_id)], what="proposal", id=proposal.id)
    return ballot


def _discussed_enough(row: Proposal, kind: DecisionType, at: datetime, zone: str) -> None:
    assert row.discussed_from is not None  # noticed only follows discussion
    until = days_later(row.discussed_from, kind.discussion_days, zone)
    if at < until:
        raise RuleBroken(
            "too_early",
            _("The discussion lasts %(days)s days. Give notice after that.")
            % {"days": kind.discussion_days},
            until=until,
        )
