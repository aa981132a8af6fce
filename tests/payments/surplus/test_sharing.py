"""A year's surplus, from the books to each member's figure to the posting, to the cent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from coop.kernel import Money, NotAllowed, NotFound, RuleBroken, Said
from coop.members.types import MemberRef
from payments.ledger import operations as ledger
from payments.ledger import queries as books
from payments.ledger.types import AccountRef, Leg
from payments.surplus import operations, queries
from payments.surplus.models import Allotment, Share, Sharing
from payments.surplus.types import SharingState
from tests.factories import Town, found_town, make_worker
from tests.payments.payroll.month import visit

pytestmark = pytest.mark.django_db
APRIL = datetime(2026, 4, 2, 8, tzinfo=UTC)
DAYS = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 4, 1)}


def rand(major: str) -> Money:
    return Money.of(major, "ZAR")


def earn(town: Town, major: str, code: str = "income_services") -> None:
    """Move money in through the bank; a negative sum is a cost."""
    ledger.post(
        by=town.system, at=town.at, key=str(uuid4()), kind="receipt", memo=Said("earned"),
        postings=[Leg(AccountRef("bank"), rand(major)), Leg(AccountRef(code), -rand(major))],
    )  # fmt: skip


@pytest.fixture
def town() -> Town:
    """1000.00 earned, 99.90 spent; Ayanda worked 4 h, Busi 8 h: a surplus of 900.10."""
    town = found_town()
    earn(town, "1000.00")
    earn(town, "-99.90", "other_expense")
    return town


@pytest.fixture
def pair(town: Town) -> tuple[MemberRef, MemberRef]:
    ayanda, busi = make_worker(town, name="Ayanda"), make_worker(town, name="Busi")
    visit(town, ayanda, date(2026, 3, 3))
    visit(town, busi, date(2026, 3, 3), hours_long=8)
    return ayanda, busi


def proposed(town: Town) -> UUID:
    return operations.propose_sharing(by=town.officer("treasurer"), at=APRIL, **DAYS)


def test_a_tenth_to_the_reserve_and_the_rest_by_hours(
    town: Town, pair: tuple[MemberRef, MemberRef]
) -> None:
    """900.10: reserve 90.01; 810.09 by 4 h and 8 h: 270.03 and 540.06; half of each in cash."""
    found = queries.sharing(town.officer("treasurer"), proposed(town))
    assert found.card.surplus == rand("900.10")
    assert [(a.fund, a.amount) for a in found.allotments] == [("reserve", rand("90.01"))]
    shares = {s.name: (s.amount, s.cash, s.capital) for s in found.shares}
    assert shares == {
        "Ayanda": (rand("270.03"), rand("135.01"), rand("135.02")),
        "Busi": (rand("540.06"), rand("270.03"), rand("270.03")),
    }
    assert queries.breaches(cooperative_id=town.id) == []


def test_a_member_sees_her_own_figure_and_nobody_elses(
    town: Town, pair: tuple[MemberRef, MemberRef]
) -> None:
    ayanda, _busi = pair
    sharing_id = proposed(town)
    found = queries.sharing(ayanda, sharing_id)
    assert [s.name for s in found.shares] == ["Ayanda"]
    assert found.mine is not None
    assert found.mine.amount == rand("270.03")
    there = found_town()
    for stranger in (there.officer("treasurer"), make_worker(town, member=False)):
        with pytest.raises(NotFound):
            queries.sharing(stranger, sharing_id)


def test_posting_closes_the_results_and_credits_every_member_once(
    town: Town, pair: tuple[MemberRef, MemberRef]
) -> None:
    sharing_id, decision = proposed(town), uuid4()
    for _twice in range(2):
        operations.post_sharing(
            by=town.system, at=APRIL, sharing_id=sharing_id, decision_id=decision
        )

    def balance(code: str, owner: UUID | None = None) -> Money:
        return books.balance_of(cooperative_id=town.id, ref=AccountRef(code, owner), currency="ZAR")

    assert balance("income_services") == rand("0.00")
    assert balance("other_expense") == rand("0.00")
    assert balance("retained") == rand("0.00")
    assert balance("reserves:reserve") == rand("-90.01")
    ayanda, busi = pair
    assert balance("patronage_payable", ayanda.membership_id) == rand("-135.01")
    assert balance("member_capital", busi.membership_id) == rand("-270.03")
    assert queries.breaches(cooperative_id=town.id) == []
    with pytest.raises(RuleBroken, match="shared already"):
        proposed(town)


def test_two_proposals_of_one_period_are_not_both_posted(
    town: Town, pair: tuple[MemberRef, MemberRef]
) -> None:
    first, second = proposed(town), proposed(town)
    operations.post_sharing(by=town.system, at=APRIL, sharing_id=first, decision_id=uuid4())
    with pytest.raises(RuleBroken, match="shared already"):
        operations.post_sharing(by=town.system, at=APRIL, sharing_id=second, decision_id=uuid4())
    assert Sharing.objects.get(id=second).state == SharingState.PROPOSED


def test_a_loss_is_carried_forward_and_met_first_next_time(
    town: Town, pair: tuple[MemberRef, MemberRef]
) -> None:
    earn(town, "-1000.00", "other_expense")
    sharing_id = proposed(town)
    found = queries.sharing(town.officer("treasurer"), sharing_id)
    assert found.card.surplus == rand("-99.90")
    assert [(a.fund, a.amount) for a in found.allotments] == [("loss_forward", rand("-99.90"))]
    operations.post_sharing(by=town.system, at=APRIL, sharing_id=sharing_id, decision_id=uuid4())
    retained = books.balance_of(cooperative_id=town.id, ref=AccountRef("retained"), currency="ZAR")
    assert retained == rand("99.90")


def test_a_period_that_is_not_over_or_an_office_that_is_not_hers(town: Town) -> None:
    with pytest.raises(RuleBroken, match="over"):
        operations.propose_sharing(by=town.officer("treasurer"), at=town.at, **DAYS)
    with pytest.raises(NotAllowed):
        operations.propose_sharing(by=town.officer("coordinator"), at=APRIL, **DAYS)
    assert Sharing.objects.count() == 0


def test_the_database_refuses_shares_that_miss_the_surplus(
    town: Town, pair: tuple[MemberRef, MemberRef]
) -> None:
    row = Sharing.objects.get(id=proposed(town))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="shares_sum"), transaction.atomic():
        Allotment.objects.create(
            cooperative_id=town.id, sharing=row, position=9, fund="gift", name="Gift",
            amount_minor=1, base_minor=1, rule="", by_law=False, indivisible=False,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        ({"surplus_minor": 1}, "sharing_kept"),
        ({"state": "posted"}, "sharing_posted_by_decision"),
    ],
)
def test_what_was_proposed_stays(
    town: Town, pair: tuple[MemberRef, MemberRef], change: dict[str, object], promise: str
) -> None:
    proposed(town)
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Sharing.objects.update(**change)
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        Share.objects.update(amount_minor=0)
    operations.withdraw_sharing(
        by=town.officer("board"), at=APRIL, sharing_id=Sharing.objects.get().id
    )
    with pytest.raises(IntegrityError, match="sharing_moves"), transaction.atomic():
        Sharing.objects.update(state="proposed")


def test_a_share_damaged_past_the_triggers_is_found(
    town: Town, pair: tuple[MemberRef, MemberRef]
) -> None:
    sharing_id = proposed(town)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE payments_surplus_share SET amount_minor = amount_minor + 1,"
            " cash_minor = cash_minor + 1 WHERE name = 'Busi'"
        )
        cursor.execute("SET session_replication_role = DEFAULT")
    [breach] = queries.breaches(cooperative_id=town.id)
    assert (breach.invariant, breach.id) == ("I11", str(sharing_id))
