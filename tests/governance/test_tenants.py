"""Another cooperative's proposals do not exist, and a household has no part in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from coop.kernel import Money, NotFound
from coop.members.types import MemberRef
from governance import operations, queries
from governance.registry import PolicyKey
from governance.types import NewMotion
from tests.factories import found_town, make_household, make_worker
from tests.factories.governance import bring_to_vote, propose_change

pytestmark = pytest.mark.django_db
FROM = date(2026, 4, 1)
NEW = {"amount": "3.00", "currency": "ZAR"}


def test_every_door_answers_not_found_to_strangers(tea: PolicyKey[Money]) -> None:
    town = found_town()
    proposal = propose_change(town, tea.name, NEW, FROM, town.at)
    ballot = bring_to_vote(town, proposal, town.at)
    household, _ = make_household(town)
    stranger = found_town().officer("election_committee")
    at, motion = ballot.opens_at, NewMotion()
    for ref in (stranger, household):
        assert queries.proposals(ref) == []
        acts: list[Callable[[MemberRef], object]] = [
            lambda ref: queries.proposal(ref, proposal_id=proposal, on=FROM),
            lambda ref: operations.amend_draft(
                by=ref, at=at, proposal_id=proposal, title="x", reason="y", motion=motion
            ),
            lambda ref: operations.start_discussion(by=ref, at=at, proposal_id=proposal),
            lambda ref: operations.comment(by=ref, at=at, proposal_id=proposal, text="hello"),
            lambda ref: operations.give_notice(by=ref, at=at, proposal_id=proposal),
            lambda ref: operations.cast_vote(by=ref, at=at, proposal_id=proposal, choice="yes"),
            lambda ref: operations.certify(by=ref, at=at, proposal_id=proposal),
            lambda ref: operations.withdraw(by=ref, at=at, proposal_id=proposal, reason=""),
        ]
        for asked in acts:
            with pytest.raises(NotFound) as refused:
                asked(ref)
            assert refused.value.code == "proposal_unknown"
    for act in (operations.open_ballot, operations.close_ballot):
        with pytest.raises(NotFound):
            act(by=stranger, at=ballot.closes_at, proposal_id=proposal)


def test_a_draft_is_its_authors_alone(tea: PolicyKey[Money]) -> None:
    town = found_town()
    worker: MemberRef = make_worker(town)
    draft = propose_change(town, tea.name, NEW, FROM, town.at, by=worker)
    assert [card.id for card in queries.proposals(worker)] == [draft]
    assert queries.proposals(town.officer("board")) == []
