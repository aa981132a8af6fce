"""A vote by SMS is the same vote."""

from __future__ import annotations

from datetime import date

import pytest

from coop.kernel import Money, RuleBroken
from governance.models import Vote
from governance.reactions import vote_by_sms
from governance.registry import PolicyKey
from tests.factories import found_town, make_worker
from tests.factories.governance import bring_to_vote, propose_change

pytestmark = pytest.mark.django_db
NEW = {"amount": "3.00", "currency": "ZAR"}


def test_the_box_takes_an_sms_once(tea: PolicyKey[Money]) -> None:
    town = found_town()
    proposal = propose_change(town, tea.name, NEW, date(2026, 4, 1), town.at)
    ballot = bring_to_vote(town, proposal, town.at)
    board = town.offices["board"]
    assert "in the box" in vote_by_sms(board, "1 Sí!", ballot.opens_at)
    assert Vote.objects.get().choice == "yes"
    refusals = [
        (board, "1 no", "voted_already"),
        (board, "2 yes", "vote_unknown"),
        (board, "yes", "vote_unreadable"),
        (make_worker(town).person_id, "1 yes", "vote_unknown"),
    ]
    for person, text, code in refusals:
        assert person is not None
        with pytest.raises(RuleBroken) as refused:
            vote_by_sms(person, text, ballot.opens_at)
        assert refused.value.code == code
    assert Vote.objects.count() == 1
