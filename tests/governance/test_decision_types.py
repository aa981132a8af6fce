"""Every number of a vote comes from its decision type, and members change those by vote too."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest

from coop.kernel import Money, RuleBroken
from coop.outbox import operations as outbox
from governance import operations, queries
from governance.models import Ballot, PolicyVersion, Proposal
from governance.policies import DECISION_TYPES
from governance.registry import PolicyKey
from tests.factories import found_town, make_worker
from tests.factories.governance import bring_to_vote, pass_policy, propose_change
from tests.factories.people import Town

pytestmark = pytest.mark.django_db
FROM = date(2026, 7, 1)
NEW = {"amount": "3.00", "currency": "ZAR"}


def other_ways(**ordinary: Any) -> dict[str, Any]:
    terms: dict[str, Any] = DECISION_TYPES.founding("ZA", FROM)
    terms["ordinary"] |= ordinary
    return terms


def noticed(town: Town, tea: PolicyKey[Money], at: Any, wait: int) -> Ballot:
    by = town.officer("board")
    proposal = propose_change(town, tea.name, NEW, FROM, at)
    operations.start_discussion(by=by, at=at, proposal_id=proposal)
    with pytest.raises(RuleBroken) as early:
        operations.give_notice(
            by=by, at=at + timedelta(days=wait, seconds=-1), proposal_id=proposal
        )
    assert early.value.code == "too_early"
    operations.give_notice(by=by, at=at + timedelta(days=wait), proposal_id=proposal)
    return Ballot.objects.get(proposal_id=proposal)


def test_the_days_and_the_majority_of_a_vote_are_those_voted(tea: PolicyKey[Money]) -> None:
    town = found_town()
    ways = other_ways(discussion_days=2, notice_days=4, voting_days=6, quorum=[1, 2],
                      threshold=[2, 3], strict=False, base="cast")  # fmt: skip
    pass_policy(town, DECISION_TYPES.name, ways, date(2026, 4, 20), town.at)
    at = town.at + timedelta(days=60)
    ballot = noticed(town, tea, at, wait=2)
    assert ballot.opens_at == at + timedelta(days=2 + 4)
    assert ballot.closes_at == at + timedelta(days=2 + 4 + 6)
    outbox.run_due(at=ballot.opens_at)
    # Six on the roll: three take part (3 × 2 = 6 × 1), two of three say yes (2 × 3 = 3 × 2).
    for office, choice in (("board", "yes"), ("board_b", "yes"), ("treasurer", "abstain")):
        operations.cast_vote(
            by=town.officer(office), at=ballot.opens_at, proposal_id=ballot.proposal_id,
            choice=choice,
        )  # fmt: skip
    outbox.run_due(at=ballot.closes_at)
    view = queries.proposal(town.officer("board"), proposal_id=ballot.proposal_id, on=FROM)
    outcome = view.ballots[0].outcome
    assert outcome is not None
    assert [(t.left, t.sign, t.right) for t in outcome.tests] == [
        (6, ">=", 6), (2, ">", 0), (6, ">=", 6),
    ]  # fmt: skip
    assert outcome.passed


def test_a_vote_announced_before_keeps_the_way_it_was_announced_with(
    tea: PolicyKey[Money],
) -> None:
    town = found_town()
    by = town.officer("board")
    ways = other_ways(discussion_days=0, notice_days=0, voting_days=30)
    change = propose_change(town, DECISION_TYPES.name, ways, date(2026, 4, 1), town.at)
    box = bring_to_vote(town, change, town.at)
    at = box.closes_at - timedelta(days=8)
    early = noticed(town, tea, at, wait=7)
    for card in ("board", "board_b", "treasurer", "coordinator"):
        operations.cast_vote(
            by=town.officer(card), at=box.opens_at, proposal_id=change, choice="yes"
        )
    operations.close_ballot(by=town.system, at=box.closes_at, proposal_id=change)
    operations.certify(by=town.officer("election_committee"), at=box.closes_at, proposal_id=change)
    assert early.closes_at - early.opens_at == timedelta(days=3)
    outbox.run_due(at=early.opens_at + timedelta(hours=3))  # opened late: its days are counted anew
    early.refresh_from_db()
    assert early.closes_at - early.opens_at == timedelta(days=3, hours=3)
    view = queries.proposal(by, proposal_id=early.proposal_id, on=FROM)
    assert view.decision_type.voting_days == 3
    now = queries.policy_in_force(DECISION_TYPES, cooperative_id=town.id, on=FROM)
    assert now.value["ordinary"].voting_days == 30


def test_a_special_decision_cools_off_a_week_before_it_holds() -> None:
    town = found_town()
    pass_policy(town, DECISION_TYPES.name, other_ways(voting_days=9), date(2026, 3, 10), town.at)
    # 2 March and 14 + 15 + 5 days is 5 April; a week later it holds.
    written = PolicyVersion.objects.get(decision__isnull=False)
    assert written.effective_from == date(2026, 4, 12)


@pytest.mark.parametrize(
    ("country", "source"),
    [("ZA", "Co-operatives Act 14 of 2005"), ("CO", "Ley 79 de 1988")],
)
def test_a_way_to_decide_below_the_law_is_refused_when_written(country: str, source: str) -> None:
    town = found_town(country)
    terms: dict[str, Any] = DECISION_TYPES.founding(country, FROM)
    terms["special"] |= {"threshold": [3, 5]}
    with pytest.raises(RuleBroken, match=source) as refused:
        propose_change(town, DECISION_TYPES.name, terms, FROM, town.at)
    assert refused.value.code == "below_law"
    assert refused.value.facts["rule"] == "special_resolution"
    assert str(refused.value.facts["source"]).startswith(source)
    assert not Proposal.objects.exists()


def test_who_joins_after_the_opening_is_not_counted_and_cannot_vote(tea: PolicyKey[Money]) -> None:
    town = found_town()
    proposal = propose_change(town, tea.name, NEW, FROM, town.at)
    ballot = bring_to_vote(town, proposal, town.at)
    late = [make_worker(town, f"Late {n}") for n in range(3)]
    for by in late:
        with pytest.raises(RuleBroken) as refused:
            operations.cast_vote(by=by, at=ballot.opens_at, proposal_id=proposal, choice="yes")
        assert refused.value.code == "not_on_roll"
    # Two of the six on the roll are a third; two of nine would not be.
    for office in ("board", "treasurer"):
        operations.cast_vote(
            by=town.officer(office), at=ballot.opens_at, proposal_id=proposal, choice="yes"
        )
    operations.close_ballot(by=town.system, at=ballot.closes_at, proposal_id=proposal)
    ballot.refresh_from_db()
    outcome = ballot.outcome or {}
    assert (outcome["eligible"], outcome["quorate"], outcome["passed"]) == (6, True, True)
    lines = "\n".join(sorted(f"{entry.number} {entry.membership_id}" for entry in _roll(ballot)))
    assert ballot.roll_sha256 == hashlib.sha256(lines.encode()).hexdigest()


def _roll(ballot: Ballot) -> list[Any]:
    from governance.models import BallotRoll

    return list(BallotRoll.objects.filter(ballot=ballot))


def test_the_hash_is_of_the_text_the_motion_and_the_way_it_is_decided(
    tea: PolicyKey[Money],
) -> None:
    town = found_town()
    noticed(town, tea, town.at, wait=7)
    row = Proposal.objects.get()
    text = (
        '{"decision_type":{"abstention":"aside","base":"yes_no","cooling_off_days":0,'
        '"discussion_days":7,"name":"ordinary","notice_days":7,"propose":"member",'
        '"quorum":[1,3],"second_call":{"after_days":7,"quorum":[1,10]},"secrecy":"open",'
        '"strict":true,"threshold":[1,2],"voting_days":3},"motion":{"changes":[{"effective_from":'
        '"2026-07-01","key":"test_tea_price","terms":{"amount":"3.00","currency":"ZAR"}}]},'
        '"reason":"We talked about it.","title":"Change test_tea_price"}'
    )
    assert row.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
