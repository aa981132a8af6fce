"""Eight hands put one member's vote in the box at once: one is in; without the guard more are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from coop.kernel import RuleBroken
from coop.members.types import MemberRef
from governance import operations
from governance.models import Ballot, Vote
from governance.policies import DECISION_TYPES
from tests.factories import found_town
from tests.factories.governance import bring_to_vote, propose_change
from tests.factories.people import Town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
RIVALS = 8


def opened() -> tuple[Town, Ballot]:
    town = found_town()
    terms = DECISION_TYPES.founding("ZA", date(2026, 3, 2))
    terms["ordinary"]["voting_days"] = 9
    proposal = propose_change(town, DECISION_TYPES.name, terms, date(2026, 6, 1), town.at)
    return town, bring_to_vote(town, proposal, town.at)


def rush(voter: MemberRef, ballot: Ballot) -> list[str]:
    """What each rival was told; "in" when the vote was taken."""
    start, told = Barrier(RIVALS), []

    def cast() -> None:
        try:
            start.wait(10)
            operations.cast_vote(
                by=voter, at=ballot.opens_at, proposal_id=ballot.proposal_id, choice="yes"
            )
            told.append("in")
        except RuleBroken as refused:
            told.append(refused.code)
        finally:
            connections.close_all()

    threads = [Thread(target=cast) for _ in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(told)


@contextmanager
def unguarded() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE governance_vote DROP CONSTRAINT vote_once")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("DELETE FROM governance_vote")
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute(
                "ALTER TABLE governance_vote "
                "ADD CONSTRAINT vote_once UNIQUE (ballot_id, membership_id)"
            )


def test_one_member_has_one_vote_however_fast_she_is() -> None:
    town, ballot = opened()
    assert rush(town.officer("treasurer"), ballot) == ["in"] + ["voted_already"] * (RIVALS - 1)
    assert Vote.objects.count() == 1


def test_without_the_constraint_the_box_would_hold_more() -> None:
    town, ballot = opened()
    with unguarded():
        rush(town.officer("treasurer"), ballot)
        assert Vote.objects.count() > 1
