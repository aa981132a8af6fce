"""From a draft to a rule in force: each step, and each step refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coop.audit.models import Entry
from coop.events import _reactions, react_to
from coop.kernel import Money, NotAllowed, RuleBroken
from coop.notices.models import Notice
from coop.outbox import operations as outbox
from governance import operations, queries
from governance.events import DecisionCertified, PolicyChanged
from governance.models import Ballot, Decision, PolicyVersion, Proposal
from governance.registry import PolicyKey
from governance.types import BallotState, NewChange, NewMotion, ProposalState, Turnout
from tests.factories import found_town, make_worker
from tests.factories.governance import all_vote, bring_to_vote, pass_policy, propose_change
from tests.factories.people import Town

pytestmark = pytest.mark.django_db
FROM = date(2026, 4, 1)
NEW = {"amount": "3.00", "currency": "ZAR"}


def rule(town: Town, tea: PolicyKey[Money], on: date) -> Money:
    return queries.policy_in_force(tea, cooperative_id=town.id, on=on).value


def test_a_passed_vote_is_the_rule_from_its_day_and_not_before(tea: PolicyKey[Money]) -> None:
    town = found_town()
    heard: list[object] = []
    react_to(DecisionCertified)(heard.append)
    react_to(PolicyChanged)(heard.append)
    try:
        decision = pass_policy(town, tea.name, NEW, FROM, town.at)
    finally:
        _reactions[DecisionCertified].remove(heard.append)
        _reactions[PolicyChanged].remove(heard.append)
    assert rule(town, tea, date(2026, 3, 31)) == Money(200, "ZAR")
    assert rule(town, tea, FROM) == Money(300, "ZAR")
    now = queries.policy_in_force(tea, cooperative_id=town.id, on=FROM)
    assert (now.decision_id, now.effective_from) == (decision, FROM)
    assert [type(event).__name__ for event in heard] == ["PolicyChanged", "DecisionCertified"]
    [step, founding] = queries.history(tea, cooperative_id=town.id)
    assert (step.says, step.decision_id) == ("A cup of tea costs 3.00 ZAR.", decision)
    assert (founding.says, founding.decision_id) == ("A cup of tea costs 2.00 ZAR.", None)


def test_certified_late_a_rule_begins_on_the_day_of_its_vote(tea: PolicyKey[Money]) -> None:
    town = found_town()
    pass_policy(town, tea.name, NEW, date(2026, 3, 5), town.at)
    certified_on = date(2026, 3, 19)  # 2 March and 7 + 7 + 3 days
    assert rule(town, tea, date(2026, 3, 18)) == Money(200, "ZAR")
    assert rule(town, tea, certified_on) == Money(300, "ZAR")


def test_what_undercuts_the_law_is_refused_when_it_is_written(tea: PolicyKey[Money]) -> None:
    town = found_town()
    before = Entry.objects.count()
    with pytest.raises(RuleBroken, match="Tea Act 1 of 2020, section 3") as refused:
        propose_change(town, tea.name, {"amount": "0.99", "currency": "ZAR"}, FROM, town.at)
    assert refused.value.code == "below_law"
    assert not Proposal.objects.exists()
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("terms", "day", "code"),
    [
        ({"amount": "3.00"}, FROM, "terms_unreadable"),
        ({"amount": 3.5, "currency": "ZAR"}, FROM, "terms_float"),
        ({"amount": "2.00", "currency": "ZAR"}, FROM, "nothing_changes"),
        (NEW, date(2026, 3, 1), "policy_not_backdated"),
    ],
)
def test_an_unreadable_idle_or_backdated_change_is_refused(
    tea: PolicyKey[Money], terms: object, day: date, code: str
) -> None:
    town = found_town()
    with pytest.raises(RuleBroken) as refused:
        propose_change(town, tea.name, terms, day, town.at)
    assert refused.value.code == code
    assert not Proposal.objects.exists()


def test_time_opens_and_closes_the_ballot_and_everybody_is_told(tea: PolicyKey[Money]) -> None:
    town = found_town()
    by = town.officer("board")
    proposal = propose_change(town, tea.name, NEW, FROM, town.at)
    operations.start_discussion(by=by, at=town.at, proposal_id=proposal)
    with pytest.raises(RuleBroken) as early:
        operations.give_notice(by=by, at=town.at + timedelta(days=6), proposal_id=proposal)
    assert early.value.code == "too_early"
    noticed = town.at + timedelta(days=7)
    operations.give_notice(by=by, at=noticed, proposal_id=proposal)
    opens, closes = noticed + timedelta(days=7), noticed + timedelta(days=10)
    outbox.run_due(at=opens - timedelta(seconds=1))
    assert Ballot.objects.get().state == BallotState.SET_UP
    outbox.run_due(at=opens)
    ballot = Ballot.objects.get()
    assert (ballot.state, ballot.roll_size, ballot.closes_at) == ("open", 6, closes)
    assert Notice.objects.filter(template="vote_open").count() == 6
    outbox.run_due(at=closes)
    ballot.refresh_from_db()
    assert ballot.state == BallotState.COUNTED
    assert (ballot.outcome or {})["passed"] is False


def test_nobody_sees_a_result_before_the_box_is_counted(tea: PolicyKey[Money]) -> None:
    town = found_town()
    proposal = propose_change(town, tea.name, NEW, FROM, town.at)
    ballot = bring_to_vote(town, proposal, town.at)
    all_vote(town, proposal, ballot)
    board = town.officer("board")
    [view] = queries.proposal(board, proposal_id=proposal, on=FROM).ballots
    assert (view.turnout, view.outcome, view.names) == (Turnout(6, 6), None, ())
    assert view.my_choice == "yes"
    operations.close_ballot(by=town.system, at=ballot.closes_at, proposal_id=proposal)
    [view] = queries.proposal(board, proposal_id=proposal, on=FROM).ballots
    assert view.outcome is not None
    assert [(t.left, t.right) for t in view.outcome.tests] == [(18, 6), (6, 0), (12, 6)]
    assert len(view.names) == 6


def test_a_vote_is_final_on_the_roll_and_in_time(tea: PolicyKey[Money]) -> None:
    town = found_town()
    proposal = propose_change(town, tea.name, NEW, FROM, town.at)
    ballot = bring_to_vote(town, proposal, town.at)
    late_comer = make_worker(town)
    voter, at = town.officer("treasurer"), ballot.opens_at
    operations.cast_vote(by=voter, at=at, proposal_id=proposal, choice="no")
    refusals = [
        (voter, at, "yes", "voted_already"),
        (late_comer, at, "yes", "not_on_roll"),
        (town.officer("auditor"), ballot.closes_at, "yes", "ballot_not_open"),
        (town.officer("auditor"), at, "perhaps", "choice_unknown"),
    ]
    for by, when, choice, code in refusals:
        with pytest.raises(RuleBroken) as refused:
            operations.cast_vote(by=by, at=when, proposal_id=proposal, choice=choice)
        assert refused.value.code == code
    [view] = queries.proposal(voter, proposal_id=proposal, on=FROM).ballots
    assert (view.turnout, view.my_choice) == (Turnout(1, 6), "no")


def test_too_few_take_part_and_a_second_call_decides(tea: PolicyKey[Money]) -> None:
    town = found_town()
    for number in range(4):
        make_worker(town, f"Worker {number}")
    proposal = propose_change(town, tea.name, NEW, FROM, town.at)
    committee, voter = town.officer("election_committee"), town.officer("treasurer")
    ballot = bring_to_vote(town, proposal, town.at)
    operations.cast_vote(by=voter, at=ballot.opens_at, proposal_id=proposal, choice="yes")
    operations.close_ballot(by=town.system, at=ballot.closes_at, proposal_id=proposal)
    assert operations.certify(by=committee, at=ballot.closes_at, proposal_id=proposal) is None
    assert not Decision.objects.exists()
    second = Ballot.objects.get(call=2)
    outbox.run_due(at=second.opens_at)
    operations.cast_vote(by=voter, at=second.opens_at, proposal_id=proposal, choice="yes")
    outbox.run_due(at=second.closes_at)
    assert operations.certify(by=committee, at=second.closes_at, proposal_id=proposal)
    assert rule(town, tea, FROM) == Money(300, "ZAR")


def test_a_failed_vote_changes_nothing(tea: PolicyKey[Money]) -> None:
    town = found_town()
    proposal = propose_change(town, tea.name, NEW, FROM, town.at)
    ballot = bring_to_vote(town, proposal, town.at)
    all_vote(town, proposal, ballot, "no")
    before = PolicyVersion.objects.count()
    operations.close_ballot(by=town.system, at=ballot.closes_at, proposal_id=proposal)
    with pytest.raises(NotAllowed):
        operations.certify(by=town.officer("board"), at=ballot.closes_at, proposal_id=proposal)
    operations.certify(
        by=town.officer("election_committee"), at=ballot.closes_at, proposal_id=proposal
    )
    assert Proposal.objects.get().state == ProposalState.FAILED
    assert PolicyVersion.objects.count() == before


def test_after_notice_the_text_is_frozen_but_may_be_withdrawn(tea: PolicyKey[Money]) -> None:
    town = found_town()
    by = town.officer("board")
    proposal = propose_change(town, tea.name, NEW, FROM, town.at)
    motion = NewMotion((NewChange(tea.name, {"amount": "4.00", "currency": "ZAR"}, FROM),))
    operations.amend_draft(
        by=by, at=town.at, proposal_id=proposal, title="Tea", reason="Why not", motion=motion
    )
    operations.start_discussion(by=by, at=town.at, proposal_id=proposal)
    later = town.at + timedelta(days=7)
    operations.give_notice(by=by, at=later, proposal_id=proposal)
    assert len(Proposal.objects.get().text_sha256) == 64
    with pytest.raises(RuleBroken) as refused:
        operations.amend_draft(
            by=by, at=later, proposal_id=proposal, title="Te", reason="No", motion=motion
        )
    assert refused.value.code == "text_frozen"
    rival = propose_change(town, tea.name, NEW, FROM, later)
    operations.start_discussion(by=by, at=later, proposal_id=rival)
    with pytest.raises(RuleBroken) as refused:
        operations.give_notice(by=by, at=later + timedelta(days=7), proposal_id=rival)
    assert refused.value.code == "policy_day_taken"
    operations.withdraw(by=by, at=later, proposal_id=proposal, reason="We think again.")
    outbox.run_due(at=later + timedelta(days=30))
    assert Ballot.objects.get().state == BallotState.SET_UP


def test_the_way_to_decide_is_itself_a_special_decision() -> None:
    town = found_town()
    from governance.policies import DECISION_TYPES

    terms = DECISION_TYPES.founding("ZA", FROM)
    terms["ordinary"]["voting_days"] = 5
    proposal = propose_change(town, "decision_types", terms, FROM, town.at)
    assert Proposal.objects.get(id=proposal).decision_kind == "special"
    pass_policy(town, "decision_types", terms, date(2026, 4, 2), town.at)
    kinds = queries.policy_in_force(DECISION_TYPES, cooperative_id=town.id, on=date(2026, 5, 1))
    assert kinds.value["ordinary"].voting_days == 5
