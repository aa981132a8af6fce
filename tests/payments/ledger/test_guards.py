"""The database itself keeps the books: these tests go around the operations."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from coop.kernel import Money, Said
from payments.ledger import operations
from payments.ledger.models import Account, Entry, Posting
from payments.ledger.types import AccountRef, Leg
from tests.factories import Town, found_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return found_town()


def rand(minor: int) -> Money:
    return Money(minor, "ZAR")


def account(town: Town, code: str) -> Account:
    return Account.objects.get(cooperative_id=town.id, code=code)


def bare_entry(town: Town) -> Entry:
    return Entry.objects.create(
        cooperative_id=town.id, key=str(uuid.uuid4()), kind="test", memo="bare", at=town.at
    )


def leg(
    town: Town,
    entry: Entry,
    code: str,
    minor: int,
    currency: str = "ZAR",
    owner: Town | None = None,
) -> Posting:
    return Posting(
        cooperative_id=(owner or town).id, entry=entry, account=account(town, code),
        amount_minor=minor, currency=currency,
    )  # fmt: skip


def good_entry(town: Town) -> uuid.UUID:
    return operations.post(
        by=town.system, at=town.at, key=str(uuid.uuid4()), kind="test", memo=Said("good"),
        postings=[Leg(AccountRef("bank"), rand(100)), Leg(AccountRef("income_other"), rand(-100))],
    )  # fmt: skip


def test_an_unbalanced_entry_is_refused(town: Town) -> None:
    with pytest.raises(IntegrityError, match="entry_balanced"), transaction.atomic():
        entry = bare_entry(town)
        Posting.objects.bulk_create(
            [leg(town, entry, "bank", 100), leg(town, entry, "income_other", -99)]
        )
    assert Posting.objects.count() == 0


def test_a_single_leg_is_refused_and_so_is_a_leg_of_nothing(town: Town) -> None:
    with pytest.raises(IntegrityError, match="entry_balanced"), transaction.atomic():
        leg(town, bare_entry(town), "bank", 100).save()
    with pytest.raises(IntegrityError, match="posting_is_something"), transaction.atomic():
        leg(town, bare_entry(town), "bank", 0).save()


def test_two_halves_in_two_statements_are_refused(town: Town) -> None:
    with pytest.raises(IntegrityError, match="entry_balanced"), transaction.atomic():
        entry = bare_entry(town)
        leg(town, entry, "bank", 100).save()
        leg(town, entry, "income_other", -100).save()


def test_a_posting_added_later_is_refused_although_it_balances(town: Town) -> None:
    entry = Entry.objects.get(id=good_entry(town))
    with pytest.raises(IntegrityError, match="entry_sealed"), transaction.atomic():
        Posting.objects.bulk_create(
            [leg(town, entry, "bank", 5), leg(town, entry, "income_other", -5)]
        )
    assert entry.postings.count() == 2


def test_an_entry_without_postings_cannot_be_committed(town: Town) -> None:
    with (
        pytest.raises(IntegrityError, match="entry_has_postings"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        bare_entry(town)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE payments_ledger_posting SET amount_minor = amount_minor * 2",
        "UPDATE payments_ledger_posting SET account_id = account_id",
        "DELETE FROM payments_ledger_posting",
        "TRUNCATE payments_ledger_posting",
        "UPDATE payments_ledger_entry SET memo = ''",
        "DELETE FROM payments_ledger_entry",
        "TRUNCATE payments_ledger_entry CASCADE",
        "UPDATE payments_ledger_account SET currency = 'EUR'",
        "TRUNCATE payments_ledger_account CASCADE",
    ],
)
def test_what_was_posted_cannot_be_edited_or_removed(town: Town, act: str) -> None:
    good_entry(town)
    with (
        pytest.raises(IntegrityError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(act)
    assert Posting.objects.count() == 2


def test_another_currency_than_the_accounts_is_refused(town: Town) -> None:
    with pytest.raises(IntegrityError, match="posting_belongs"), transaction.atomic():
        entry = bare_entry(town)
        Posting.objects.bulk_create(
            [leg(town, entry, "bank", 5, "EUR"), leg(town, entry, "income_other", -5, "EUR")]
        )


def test_another_cooperatives_posting_is_refused(town: Town) -> None:
    there = found_town()
    with pytest.raises(IntegrityError, match="posting_belongs"), transaction.atomic():
        entry = bare_entry(town)
        legs = [("bank", 5), ("income_other", -5)]
        Posting.objects.bulk_create(
            [leg(town, entry, code, minor, owner=there) for code, minor in legs]
        )


def test_one_account_per_code_and_owner(town: Town) -> None:
    with pytest.raises(IntegrityError, match="account_once"), transaction.atomic():
        Account.objects.create(cooperative_id=town.id, code="bank", kind="asset", currency="ZAR")


def test_ten_thousand_postings_of_one_entry_are_one_check(town: Town) -> None:
    entry = bare_entry(town)
    rows = [leg(town, entry, "bank", 1) for _ in range(9_999)]
    Posting.objects.bulk_create([*rows, leg(town, entry, "income_other", -9_999)])
    assert entry.postings.count() == 10_000
