"""A whole vote in one call, by the real operations."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from coop.members import queries as members
from coop.members.types import MemberRef
from governance import operations, queries
from governance.models import Ballot
from governance.types import NewChange, NewMotion
from tests.factories.people import Town


def propose_change(
    town: Town,
    key: str,
    terms: Any,
    effective_from: date,
    at: datetime,
    by: MemberRef | None = None,
) -> UUID:
    """A draft by a member of the board; its proposal id."""
    return operations.propose(
        by=by or town.officer("board"), at=at, title=f"Change {key}", reason="We talked about it.",
        motion=NewMotion((NewChange(key, terms, effective_from),)),
    )  # fmt: skip


def bring_to_vote(town: Town, proposal_id: UUID, at: datetime) -> Ballot:
    """Discuss, give notice and open as early as its decision type allows; the open ballot."""
    by = town.officer("board")
    operations.start_discussion(by=by, at=at, proposal_id=proposal_id)
    view = queries.proposal(by, proposal_id=proposal_id, on=at.date())
    assert view.discussed_until is not None
    operations.give_notice(by=by, at=view.discussed_until, proposal_id=proposal_id)
    ballot = Ballot.objects.get(proposal_id=proposal_id)
    operations.open_ballot(by=town.system, at=ballot.opens_at, proposal_id=proposal_id)
    return Ballot.objects.get(proposal_id=proposal_id)


def all_vote(town: Town, proposal_id: UUID, ballot: Ballot, choice: str = "yes") -> None:
    """Every member on the roll votes the same an hour after the opening."""
    at = ballot.opens_at + timedelta(hours=1)
    for card in members.members_with_vote(cooperative_id=town.id):
        ref = town.ref(card.person_id)
        operations.cast_vote(by=ref, at=at, proposal_id=proposal_id, choice=choice)


def pass_policy(town: Town, key: str, terms: Any, effective_from: date, at: datetime) -> UUID:
    """The whole path from draft to certified with every member saying yes; the decision id.

    With the founding ordinary type it ends 17 days after `at`; from the later of that day and
    `effective_from` the rule holds.
    """
    proposal_id = propose_change(town, key, terms, effective_from, at)
    ballot = bring_to_vote(town, proposal_id, at)
    all_vote(town, proposal_id, ballot)
    operations.close_ballot(by=town.system, at=ballot.closes_at, proposal_id=proposal_id)
    decision = operations.certify(
        by=town.officer("election_committee"), at=ballot.closes_at, proposal_id=proposal_id
    )
    assert decision is not None
    return decision
