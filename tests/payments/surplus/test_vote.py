"""Members vote on a sharing; the certified decision posts it, once."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from coop.kernel import Money, RuleBroken
from governance import operations as governance
from governance.types import NewMotion
from payments.ledger import queries as books
from payments.ledger.types import AccountRef
from payments.surplus import operations, queries
from payments.surplus.models import Sharing
from tests.factories import Town, found_town, make_worker
from tests.factories.governance import all_vote, bring_to_vote
from tests.payments.payroll.month import visit
from tests.payments.surplus.test_sharing import APRIL, DAYS, earn

pytestmark = pytest.mark.django_db


def put_to_vote(town: Town, payload: dict[str, str], choice: str) -> None:
    proposal_id = governance.propose(
        by=town.officer("board"), at=APRIL, title="Share the surplus", reason="We earned it.",
        motion=NewMotion(act="share_surplus", payload=payload),
    )  # fmt: skip
    ballot = bring_to_vote(town, proposal_id, APRIL)
    all_vote(town, proposal_id, ballot, choice)
    governance.close_ballot(by=town.system, at=ballot.closes_at, proposal_id=proposal_id)
    governance.certify(
        by=town.officer("election_committee"), at=ballot.closes_at, proposal_id=proposal_id
    )


@pytest.mark.parametrize(
    ("choice", "state", "reserve"), [("yes", "posted", "-100.00"), ("no", "proposed", "0.00")]
)
def test_what_members_decide_is_what_the_books_say(choice: str, state: str, reserve: str) -> None:
    town = found_town()
    earn(town, "1000.00")
    visit(town, make_worker(town), date(2026, 3, 3))
    sharing_id = operations.propose_sharing(by=town.officer("treasurer"), at=APRIL, **DAYS)
    put_to_vote(town, {"sharing_id": str(sharing_id)}, choice)
    assert Sharing.objects.get().state == state
    ref = AccountRef("reserves:reserve")
    held = books.balance_of(cooperative_id=town.id, ref=ref, currency="ZAR")
    assert held == Money.of(reserve, "ZAR")
    assert queries.breaches(cooperative_id=town.id) == []


def test_a_sharing_that_does_not_exist_is_not_put_to_the_vote() -> None:
    with pytest.raises(RuleBroken, match="no proposed sharing"):
        put_to_vote(found_town(), {"sharing_id": str(uuid4())}, "yes")
