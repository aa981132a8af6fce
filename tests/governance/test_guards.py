"""Going around the operations: the database keeps the promise by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from coop.kernel import Money
from governance import operations
from governance.models import Ballot, BallotRoll, Decision, PolicyVersion, Proposal, Vote
from governance.registry import PolicyKey
from tests.factories import found_town, make_worker
from tests.factories.governance import bring_to_vote, pass_policy, propose_change
from tests.factories.people import Town

pytestmark = pytest.mark.django_db
FROM = date(2026, 4, 1)
NEW = {"amount": "3.00", "currency": "ZAR"}


def refused(rule: str, act: Any, *args: Any, **kwargs: Any) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        act(*args, **kwargs)


def by_hand(sql: str, *args: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql, args)


def opened(tea: PolicyKey[Money]) -> tuple[Town, Ballot]:
    town = found_town()
    proposal = propose_change(town, tea.name, NEW, FROM, town.at)
    return town, bring_to_vote(town, proposal, town.at)


def test_a_rule_is_not_backdated_nor_other_than_decided(tea: PolicyKey[Money]) -> None:
    town = found_town()
    decision = pass_policy(town, tea.name, NEW, FROM, town.at)

    def version(**more: Any) -> PolicyVersion:
        given = {"key": tea.name, "terms": NEW, "effective_from": date(2026, 4, 2)} | more
        return PolicyVersion.objects.create(
            cooperative_id=town.id, decision_id=decision, written_at=town.at, **given
        )

    refused("policy_from_decision", version, terms={"amount": "9.00", "currency": "ZAR"})
    refused("policy_from_decision", version, key="another")
    refused("policy_from_decision", version, effective_from=date(2026, 3, 20))
    refused("policy_version_once", version, effective_from=FROM)
    late = found_town()
    second = pass_policy(late, tea.name, NEW, date(2026, 3, 5), late.at)
    refused(
        "policy_not_backdated", PolicyVersion.objects.create, cooperative_id=late.id,
        decision_id=second, key=tea.name, terms=NEW, effective_from=date(2026, 3, 18),
        written_at=late.at,
    )  # fmt: skip
    refused(
        "policy_from_decision", PolicyVersion.objects.create, cooperative_id=late.id,
        decision_id=decision, key=tea.name, terms=NEW, effective_from=date(2026, 4, 9),
        written_at=late.at,
    )  # fmt: skip


def test_a_second_a_late_and_a_strangers_vote(tea: PolicyKey[Money]) -> None:
    town, ballot = opened(tea)
    entry = BallotRoll.objects.filter(ballot=ballot).first()
    assert entry is not None

    def vote(**more: Any) -> Vote:
        given = {"membership_id": entry.membership_id, "cast_at": ballot.opens_at} | more
        return Vote.objects.create(
            cooperative_id=more.pop("cooperative_id", town.id), ballot=ballot, choice="yes",
            **{k: v for k, v in given.items() if k != "cooperative_id"},
        )  # fmt: skip

    refused("vote_while_open", vote, cast_at=ballot.closes_at)
    refused("vote_while_open", vote, cast_at=ballot.opens_at - timedelta(seconds=1))
    refused("vote_on_roll", vote, membership_id=make_worker(town).membership_id)
    refused("vote_on_roll", vote, cooperative_id=found_town().id)
    vote()
    refused("vote_once", vote)
    refused("append_only", by_hand, "UPDATE governance_vote SET choice = 'no'")
    refused("append_only", by_hand, "DELETE FROM governance_vote")
    assert Vote.objects.get().choice == "yes"


def test_nobody_joins_or_leaves_the_roll_of_an_open_ballot(tea: PolicyKey[Money]) -> None:
    town, ballot = opened(tea)
    new = make_worker(town)
    refused(
        "roll_frozen", BallotRoll.objects.create, cooperative_id=town.id, ballot=ballot,
        membership_id=new.membership_id, person_id=new.person_id, number=99,
    )  # fmt: skip
    refused("append_only", by_hand, "DELETE FROM governance_ballotroll")
    refused("ballot_frozen", Ballot.objects.filter(id=ballot.id).update, roll_size=99)
    refused(
        "ballot_frozen", Ballot.objects.filter(id=ballot.id).update,
        closes_at=ballot.closes_at + timedelta(days=9),
    )  # fmt: skip


def test_states_move_only_along_their_path(tea: PolicyKey[Money]) -> None:
    town, ballot = opened(tea)
    proposal = Proposal.objects.filter(id=ballot.proposal_id)
    refused("proposal_moves", proposal.update, state="discussion")
    refused("proposal_moves", proposal.update, state="withdrawn")
    refused("proposal_frozen", proposal.update, title="Another text")
    refused("proposal_frozen", proposal.update, motion={"changes": []})
    refused("ballot_moves", Ballot.objects.filter(id=ballot.id).update, state="certified")
    draft = propose_change(town, tea.name, {"amount": "5.00", "currency": "ZAR"}, FROM, town.at)
    refused("proposal_moves", Proposal.objects.filter(id=draft).update, state="passed")
    assert Proposal.objects.get(id=draft).state == "draft"


def test_a_decision_says_what_the_box_says(tea: PolicyKey[Money]) -> None:
    town, ballot = opened(tea)
    operations.cast_vote(
        by=town.officer("board"), at=ballot.opens_at, proposal_id=ballot.proposal_id, choice="yes"
    )

    def decide(**more: Any) -> None:
        given = {"passed": True, "yes": 1, "no": 0, "abstain": 0} | more
        Decision.objects.create(
            cooperative_id=town.id, proposal_id=ballot.proposal_id, ballot=ballot,
            motion=Proposal.objects.get().motion, certified_at=town.at, certified_on=FROM, **given,
        )  # fmt: skip

    refused("decision_certified", decide)
    proposals = Proposal.objects.filter(id=ballot.proposal_id)
    Ballot.objects.update(state="closed")
    Ballot.objects.update(state="counted", outcome={"passed": True}, input_sha256="0" * 64)
    refused("ballot_frozen", Ballot.objects.update, outcome={"passed": False})
    Ballot.objects.update(state="certified")
    proposals.update(state="passed")
    refused("decision_counts_votes", decide, yes=2)
    refused("decision_certified", decide, passed=False)
    decide()
    refused("append_only", by_hand, "UPDATE governance_decision SET passed = false")
