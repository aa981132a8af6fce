"""Posting: once by its key, balanced, and every figure leads to its postings."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import connection

from coop.audit import queries as audit
from coop.kernel import BadInput, Money, NotFound, RuleBroken, Said
from payments.ledger import operations, queries
from payments.ledger.models import Entry
from payments.ledger.types import AccountRef, Leg
from tests.factories import Town, found_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return found_town()


def pay_in(town: Town, minor: int = 10_000, key: str = "in:1", memo: str = "paid in") -> UUID:
    return operations.post(
        by=town.system, at=town.at, key=key, kind="receipt", memo=Said(memo),
        postings=[
            Leg(AccountRef("bank"), Money(minor, "ZAR")),
            Leg(AccountRef("income_services"), Money(-minor, "ZAR")),
        ],
    )  # fmt: skip


def test_the_books_open_with_the_cooperative(town: Town) -> None:
    codes = {line.code for line in queries.balances(cooperative_id=town.id)}
    assert {"bank", "card_clearing", "wage_expense", "retained"} <= codes
    assert "wages_payable" not in codes


def test_the_same_key_and_content_is_the_same_entry(town: Town) -> None:
    first, again = pay_in(town), pay_in(town)
    assert first == again
    assert Entry.objects.count() == 1
    assert len(audit.trail(cooperative_id=town.id, about_id=first)) == 1


def test_the_same_key_with_another_amount_is_refused_and_changes_nothing(town: Town) -> None:
    pay_in(town)
    with pytest.raises(RuleBroken) as refused:
        pay_in(town, minor=10_001)
    assert refused.value.code == "entry_key_reused"
    bank = queries.balance_of(cooperative_id=town.id, ref=AccountRef("bank"), currency="ZAR")
    assert bank == Money(10_000, "ZAR")


def test_an_unbalanced_entry_is_explained(town: Town) -> None:
    with pytest.raises(BadInput, match=r"off by 0\.01 ZAR"):
        operations.post(
            by=town.system, at=town.at, key="x", kind="x", memo=Said("x"),
            postings=[
                Leg(AccountRef("bank"), Money(100, "ZAR")),
                Leg(AccountRef("cash"), Money(-99, "ZAR")),
            ],
        )  # fmt: skip
    assert Entry.objects.count() == 0


def test_owners_have_accounts_of_their_own_opened_when_needed(town: Town) -> None:
    worker = uuid4()
    operations.post(
        by=town.system, at=town.at, key="w", kind="wages", memo=Said("wages"),
        postings=[
            Leg(AccountRef("wage_expense"), Money(18_000, "ZAR")),
            Leg(AccountRef("wages_payable", worker), Money(-18_000, "ZAR")),
        ],
    )  # fmt: skip
    [line] = queries.balances(cooperative_id=town.id, owner_id=worker)
    assert line.natural == Money(18_000, "ZAR")
    with pytest.raises(BadInput, match="owner"):
        AccountRef("wages_payable")
    with pytest.raises(BadInput, match="owner"):
        AccountRef("bank", worker)
    with pytest.raises(BadInput, match="no account"):
        AccountRef("piggy_bank")


def test_a_reversal_is_a_new_entry_and_happens_once(town: Town) -> None:
    entry_id = pay_in(town)
    undone = operations.reverse(by=town.system, at=town.at, entry_id=entry_id, reason="typed twice")
    again = operations.reverse(by=town.system, at=town.at, entry_id=entry_id, reason="typed twice")
    assert undone == again != entry_id
    bank = queries.balance_of(cooperative_id=town.id, ref=AccountRef("bank"), currency="ZAR")
    assert bank == Money.zero("ZAR")
    assert queries.entry(cooperative_id=town.id, entry_id=undone).reverses_id == entry_id


def test_a_statement_runs_and_the_trial_balance_is_level(town: Town) -> None:
    pay_in(town)
    pay_in(town, 2_550, "in:2")
    [bank] = queries.balances(cooperative_id=town.id, codes=["bank"])
    statement = queries.statement(cooperative_id=town.id, account_id=bank.id)
    assert [line.running.major() for line in statement.lines] == ["100.00", "125.50"]
    trial = queries.trial_balance(cooperative_id=town.id)
    assert trial.totals == {"ZAR": (Money(12_550, "ZAR"), Money(12_550, "ZAR"))}


def test_another_cooperatives_books_do_not_exist(town: Town) -> None:
    entry_id, there = pay_in(town), found_town()
    with pytest.raises(NotFound, match="not in the books"):
        queries.entry(cooperative_id=there.id, entry_id=entry_id)
    assert queries.entries(cooperative_id=there.id) == []


def test_the_check_names_an_entry_damaged_by_hand(town: Town) -> None:
    entry_id = pay_in(town)
    assert queries.breaches(cooperative_id=town.id) == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE payments_ledger_posting SET amount_minor = amount_minor + 1 WHERE amount_minor > 0"
        )
        cursor.execute("SET session_replication_role = DEFAULT")
    [breach] = queries.breaches(cooperative_id=town.id)
    assert (breach.invariant, breach.id) == ("I1", str(entry_id))
    assert "0.01 ZAR" in breach.what
