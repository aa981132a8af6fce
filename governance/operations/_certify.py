from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from coop.audit import operations as audit
from coop.kernel import NotAllowed, RuleBroken, Said, saying, why_not
from coop.members.types import MemberRef
from coop.realtime import changed, members_group
from governance.models import Ballot, Decision, Proposal
from governance.operations._enact import enact
from governance.operations._give_notice import set_up
from governance.operations._hold import hold_ballot, hold_proposal, wrong_step
from governance.operations._tell import tell_members
from governance.queries import count_again
from governance.rules.days import day_of, days_later
from governance.rules.terms import decision_type
from governance.types import DecisionType, Outcome


@transaction.atomic
def certify(*, by: MemberRef, at: datetime, proposal_id: UUID) -> UUID | None:
    """Count the box once more, stand by it, and put what was decided in force. Decision id.

    What the law has overtaken meanwhile stays a passed decision but takes no effect; all are told.

    None when too few took part and a second call follows. Raises NotAllowed `committee_only`,
    RuleBroken `count_differs`, `step_not_possible`.
    """
    row = hold_proposal(by, proposal_id)
    if not by.has("election_committee", "board") or row.proposed_by_id == by.person_id:
        raise NotAllowed(
            "committee_only",
            _("The election committee or the board certifies, never who proposed it."),
        )
    ballot = hold_ballot(row)
    outcome = count_again(row, ballot)
    try:
        ballot.certify()
    except TransitionNotAllowed as error:
        raise wrong_step(error, ballot) from error
    if outcome.input_sha256 != ballot.input_sha256:
        raise RuleBroken("count_differs", _("Counting again gives another result. Stop and look."))
    ballot.save(update_fields=["state"])
    kind = decision_type(row.decision_kind, row.decision_terms)
    if not outcome.quorate and kind.second_call and ballot.call == 1:
        _call_again(by, at, row, kind)
        return None
    return _decide(by, at, row, ballot, outcome, kind)


def _call_again(by: MemberRef, at: datetime, row: Proposal, kind: DecisionType) -> None:
    assert kind.second_call is not None
    row.call_again()
    row.save(update_fields=["state"])
    opens_at = days_later(at, kind.second_call.after_days, by.zone)
    set_up(by=by, at=at, proposal=row, kind=kind, opens_at=opens_at, call=2)
    audit.record(
        by=by, at=at,
        sentence=saying(
            "called a second vote on proposal %(number)s: too few took part",
            number=row.number,
        ),
        about=("proposal", row.id),
    )  # fmt: skip


def _decide(
    by: MemberRef, at: datetime, row: Proposal, ballot: Ballot, outcome: Outcome, kind: DecisionType
) -> UUID:
    if outcome.passed:
        row.carry()
    else:
        row.fail()
    row.ended_at = at
    row.save(update_fields=["state", "ended_at"])
    decision = Decision.objects.create(
        cooperative_id=by.cooperative_id, proposal=row, ballot=ballot, passed=outcome.passed,
        yes=outcome.yes, no=outcome.no, abstain=outcome.abstain, motion=row.motion,
        certified_by_id=by.person_id, certified_at=at, certified_on=day_of(at, by.zone),
    )  # fmt: skip
    audit.record(
        by=by, at=at,
        sentence=_counted(row, outcome),
        about=("proposal", row.id), facts={"input_sha256": outcome.input_sha256},
    )  # fmt: skip
    undercuts = None
    if outcome.passed:
        undercuts = enact(by=by, at=at, decision=decision, cooling_off_days=kind.cooling_off_days)
    _say(by, at, row, outcome, undercuts)
    changed(groups=[members_group(by.cooperative_id)], what="proposal", id=row.id)
    return decision.id


def _counted(row: Proposal, outcome: Outcome) -> Said:
    count = saying(
        "%(yes)s yes, %(no)s no, %(abstain)s abstaining",
        yes=outcome.yes, no=outcome.no, abstain=outcome.abstain,
    )  # fmt: skip
    if outcome.passed:
        return saying(
            "certified proposal %(number)s: passed with %(count)s", number=row.number, count=count
        )
    return saying(
        "certified proposal %(number)s: failed with %(count)s", number=row.number, count=count
    )


def _say(
    by: MemberRef, at: datetime, row: Proposal, outcome: Outcome, undercuts: RuleBroken | None
) -> None:
    """Every member, the proposer among them, hears the result; and the law in its way, if any."""
    if undercuts is None:
        template = "vote_passed" if outcome.passed else "vote_failed"
        tell_members(by=by, at=at, proposal=row, template=template)
        return
    why = why_not(undercuts)
    row.end_reason, row.end_facts = why.sentence[:300], why.kept
    row.save(update_fields=["end_reason", "end_facts"])
    law = ", ".join(str(undercuts.facts[k]) for k in ("rule", "source") if k in undercuts.facts)
    tell_members(by=by, at=at, proposal=row, template="vote_below_law", law=law)
