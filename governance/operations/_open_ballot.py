from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from coop.audit import operations as audit
from coop.kernel import NotAllowed, RuleBroken, saying
from coop.members import queries as members
from coop.members.types import MemberRef
from coop.outbox import operations as outbox
from coop.realtime import changed, members_group
from governance.models import Ballot, BallotRoll, Proposal
from governance.operations._hold import hold_ballot, hold_proposal, wrong_step
from governance.operations._tell import tell_members
from governance.rules.days import days_later
from governance.rules.terms import decision_type

#: Opened later than this, members still get all their days to vote.
_GRACE = timedelta(hours=1)


@transaction.atomic
def open_ballot(*, by: MemberRef, at: datetime, proposal_id: UUID) -> None:
    """Freeze the roll, publish its size and hash, and take votes from now on.

    By the promise made with the notice, or by the election committee. Raises RuleBroken
    `too_early`, `step_not_possible`.
    """
    if not (by.is_system or by.has("election_committee")):
        raise NotAllowed("committee_only", _("Only the election committee opens the ballot."))
    row = hold_proposal(by, proposal_id)
    ballot = hold_ballot(row)
    if at < ballot.opens_at:
        raise RuleBroken("too_early", _("The notice has not run its days."), until=ballot.opens_at)
    try:
        row.vote()
        ballot.open()
    except TransitionNotAllowed as error:
        raise wrong_step(error, row) from error
    _freeze_roll(by, ballot)
    if at - ballot.opens_at > _GRACE:
        days = decision_type(row.decision_kind, row.decision_terms).voting_days
        ballot.closes_at = days_later(at, days, by.zone)
    ballot.opened_at = at
    ballot.save()
    row.save(update_fields=["state"])
    _announce(by, at, row, ballot)


def _freeze_roll(by: MemberRef, ballot: Ballot) -> None:
    on_roll = members.members_with_vote(cooperative_id=by.cooperative_id)
    BallotRoll.objects.bulk_create(
        BallotRoll(
            cooperative_id=by.cooperative_id, ballot=ballot, membership_id=member.membership_id,
            person_id=member.person_id, number=member.number,
        )
        for member in on_roll
    )  # fmt: skip
    lines = "\n".join(sorted(f"{member.number} {member.membership_id}" for member in on_roll))
    ballot.roll_size = len(on_roll)
    ballot.roll_sha256 = hashlib.sha256(lines.encode()).hexdigest()


def _announce(by: MemberRef, at: datetime, row: Proposal, ballot: Ballot) -> None:
    outbox.promise(
        key=f"ballot-close:{ballot.id}", effect="governance.close_ballot",
        payload={"cooperative": str(by.cooperative_id), "proposal": str(row.id)},
        due_at=ballot.closes_at, at=at, cooperative_id=by.cooperative_id,
    )  # fmt: skip
    audit.record(
        by=by, at=at,
        sentence=saying(
            "opened the ballot on proposal %(number)s for %(roll_size)s members",
            number=row.number, roll_size=ballot.roll_size,
        ),
        about=("proposal", row.id), facts={"roll_sha256": ballot.roll_sha256},
    )  # fmt: skip
    tell_members(by=by, at=at, proposal=row, template="vote_open", ballot=ballot)
    changed(groups=[members_group(by.cooperative_id)], what="proposal", id=row.id)
