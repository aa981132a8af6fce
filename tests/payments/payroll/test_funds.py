"""A contribution on its way to the fund: two keys, every step kept, deadlines, and her question."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from coop.kernel import BadInput, Money, NotAllowed, NotFound, RuleBroken
from coop.members.types import MemberRef
from coop.notices.models import Notice
from coop.outbox.operations import run_due
from payments.ledger import queries as ledger
from payments.ledger.types import AccountRef, contributions_payable
from payments.payroll import operations, queries
from payments.payroll.models import Contribution, ContributionStep, Document, Remittance
from payments.payroll.types import ContributionState as S
from payments.payroll.types import RemittanceState
from tests.factories import Town, found_town, make_worker
from tests.payments.payroll.month import CLOSED_AT, month_of_visits, paid_run, sent_to_fund

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
PDF = b"%PDF-1.4 a receipt"


@pytest.fixture
def town() -> Town:
    return found_town()


@pytest.fixture
def worker(town: Town) -> MemberRef:
    ref = make_worker(town, name="Thandi")
    month_of_visits(town, ref)
    paid_run(town)
    return ref


def uif(worker: MemberRef) -> Contribution:
    assert worker.worker_id is not None
    return Contribution.objects.get(worker_id=worker.worker_id, scheme="UIF")


def around(harm: str) -> None:
    """Around the operations, straight at the tables."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(harm)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def bank(town: Town) -> Money:
    return ledger.balance_of(cooperative_id=town.id, ref=AccountRef("bank"), currency="ZAR")


def test_a_fund_gets_in_one_payment_exactly_what_the_books_owe_it(
    town: Town, worker: MemberRef
) -> None:
    """UIF of 3600.00: 36.00 from her and 36.00 from the cooperative."""
    treasurer = town.officer("treasurer")
    made = operations.prepare_remittance(by=treasurer, at=CLOSED_AT, scheme="UIF", month=MARCH)
    owed = ledger.balance_of(
        cooperative_id=town.id, ref=contributions_payable("UIF"), currency="ZAR"
    )
    card = queries.remittance(treasurer, made)
    assert card.amount == -owed == Money.of("72.00", "ZAR")
    assert (card.state, card.workers, uif(worker).state) == (RemittanceState.MADE, 1, "deducted")


def test_nobody_pays_a_fund_with_one_key(town: Town, worker: MemberRef) -> None:
    treasurer, before = town.officer("treasurer"), bank(town)
    made = operations.prepare_remittance(by=treasurer, at=CLOSED_AT, scheme="UIF", month=MARCH)
    with pytest.raises(RuleBroken) as refused:
        operations.approve_remittance(by=treasurer, at=CLOSED_AT, remittance_id=made)
    assert refused.value.code == "approved_already"
    with pytest.raises(RuleBroken) as refused:
        operations.remit(by=treasurer, at=CLOSED_AT, remittance_id=made, reference="EFT 1")
    assert refused.value.code == "remittance_not_approved"
    with pytest.raises(NotAllowed):
        operations.approve_remittance(
            by=town.officer("coordinator"), at=CLOSED_AT, remittance_id=made
        )
    assert (bank(town), uif(worker).state) == (before, "deducted")
    operations.approve_remittance(by=town.officer("board"), at=CLOSED_AT, remittance_id=made)
    with pytest.raises(BadInput, match="reference"):
        operations.remit(by=treasurer, at=CLOSED_AT, remittance_id=made, reference=" ")
    paid = operations.remit(by=treasurer, at=CLOSED_AT, remittance_id=made, reference="EFT 1")
    assert bank(town) == before - paid
    with pytest.raises(RuleBroken):
        operations.remit(by=treasurer, at=CLOSED_AT, remittance_id=made, reference="EFT 1")
    assert bank(town) == before - paid


def test_two_payments_of_one_month_are_not_on_their_way_at_once(
    town: Town, worker: MemberRef
) -> None:
    treasurer = town.officer("treasurer")
    operations.prepare_remittance(by=treasurer, at=CLOSED_AT, scheme="UIF", month=MARCH)
    with pytest.raises(RuleBroken) as refused:
        operations.prepare_remittance(by=treasurer, at=CLOSED_AT, scheme="UIF", month=MARCH)
    assert refused.value.code == "nothing_to_move"
    assert Remittance.objects.count() == 1


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        ("UPDATE payments_payroll_remittance SET approved_by_id = made_by_id",
         "remittance_two_people"),
        ("UPDATE payments_payroll_remittance SET state = 'paid'", "remittance_moves"),
        ("UPDATE payments_payroll_remittance SET state = 'approved'",
         "remittance_needs_two_keys"),
        ("UPDATE payments_payroll_remittance SET amount_minor = amount_minor + 1",
         "remittance_kept"),
        ("DELETE FROM payments_payroll_remittance", "append_only"),
        ("UPDATE payments_payroll_contribution SET state = 'paid'", "contribution_sent_by_two"),
        ("UPDATE payments_payroll_contribution SET remittance_id = NULL", "contribution_kept"),
    ],
)  # fmt: skip
def test_the_database_refuses_what_goes_around_the_two_keys(
    town: Town, worker: MemberRef, harm: str, named: str
) -> None:
    for scheme in ("UIF", "COIDA"):
        operations.prepare_remittance(
            by=town.officer("treasurer"), at=CLOSED_AT, scheme=scheme, month=MARCH
        )
    with pytest.raises(IntegrityError, match=named):
        around(harm)
    assert queries.breaches(cooperative_id=town.id) == []


def test_no_contribution_moves_without_a_step_and_steps_stay(town: Town, worker: MemberRef) -> None:
    sent_to_fund(town, "UIF", "EFT 7")
    for harm, named in (
        ("UPDATE payments_payroll_contribution SET state='filed' WHERE scheme='UIF'", "has_step"),
        ("UPDATE payments_payroll_contributionstep SET reference='other'", "append_only"),
        ("DELETE FROM payments_payroll_contributionstep", "append_only"),
    ):
        with pytest.raises(IntegrityError, match=named):
            around(harm)


def test_she_reads_every_step_who_when_and_by_which_paper(town: Town, worker: MemberRef) -> None:
    treasurer, later = town.officer("treasurer"), CLOSED_AT + timedelta(days=2)
    receipt = operations.keep_document(by=treasurer, at=CLOSED_AT, name="eft.pdf", content=PDF)
    made = operations.prepare_remittance(by=treasurer, at=CLOSED_AT, scheme="UIF", month=MARCH)
    operations.approve_remittance(by=town.officer("board"), at=CLOSED_AT, remittance_id=made)
    operations.remit(
        by=treasurer, at=CLOSED_AT, remittance_id=made, reference="EFT 7", document_id=receipt
    )
    operations.file_contributions(
        by=treasurer, at=later, scheme="UIF", month=MARCH, reference="UI-19"
    )
    told = queries.contribution(worker, uif(worker).id).steps
    assert [(s.state, s.at, s.by, s.reference) for s in told] == [
        (S.DUE, CLOSED_AT, "Treasurer", ""), (S.DEDUCTED, CLOSED_AT, "Treasurer", ""),
        (S.PAID, CLOSED_AT, "Treasurer", "EFT 7"), (S.FILED, later, "Treasurer", "UI-19"),
    ]  # fmt: skip
    assert told[2].document is not None
    assert queries.document(worker, told[2].document.id)[1] == PDF
    nosy, there = make_worker(town, name="Nosy"), found_town()
    for ref in (nosy, town.officer("coordinator"), there.officer("treasurer")):
        with pytest.raises(NotFound):
            queries.contribution(ref, uif(worker).id)
        with pytest.raises(NotFound):
            queries.document(ref, receipt)


def test_what_the_fund_does_not_show_goes_back_to_the_treasurer_and_she_hears_the_answer(
    town: Town, worker: MemberRef
) -> None:
    treasurer = town.officer("treasurer")
    sent_to_fund(town, "UIF", "EFT 7")
    operations.file_contributions(
        by=treasurer, at=CLOSED_AT, scheme="UIF", month=MARCH, reference="UI-19"
    )
    due = uif(worker)
    operations.query_contribution(
        by=worker, at=CLOSED_AT, contribution_id=due.id, note="My uFiling shows nothing."
    )
    [asked] = queries.queried(treasurer)
    assert (asked.worker_name, asked.note) == ("Thandi", "My uFiling shows nothing.")
    assert queries.queried(worker) == []
    assert Notice.objects.filter(template="contribution_queried").count() == 1
    with pytest.raises(BadInput):
        operations.answer_query(by=treasurer, at=CLOSED_AT, contribution_id=due.id, note=" ")
    with pytest.raises(NotAllowed):
        operations.answer_query(by=worker, at=CLOSED_AT, contribution_id=due.id, note="yes")
    operations.answer_query(
        by=treasurer, at=CLOSED_AT + timedelta(days=1), contribution_id=due.id,
        note="Her number was wrong; declared again.",
    )  # fmt: skip
    assert queries.queried(treasurer) == []
    last = queries.contribution(worker, due.id).steps[-1]
    assert (last.state, last.note) == (S.FILED, "Her number was wrong; declared again.")
    [told] = Notice.objects.filter(template="contribution_answered")
    assert told.person_id == worker.person_id
    operations.confirm_contribution(by=worker, at=CLOSED_AT, contribution_id=due.id)
    assert uif(worker).state == "confirmed"
    assert queries.breaches(cooperative_id=town.id) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "document_empty"), (b"%PDF-" + b"x" * 2_000_000, "document_too_large"),
        (b"MZ\x90\x00 not a receipt", "document_kind"), (b"a\x00b", "document_kind"),
    ],
)  # fmt: skip
def test_a_receipt_is_what_its_bytes_are(town: Town, content: bytes, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        operations.keep_document(
            by=town.officer("treasurer"), at=CLOSED_AT, name="receipt.pdf", content=content
        )
    assert refused.value.code == code
    assert Document.objects.count() == 0


def test_the_same_receipt_twice_is_one(town: Town) -> None:
    kept = {
        operations.keep_document(by=town.officer("treasurer"), at=CLOSED_AT, name=name, content=PDF)
        for name in ("a.pdf", "b.pdf")
    }
    assert len(kept) == Document.objects.count() == 1


def test_the_office_is_reminded_twice_then_told_it_is_late_and_not_once_it_is_paid(
    town: Town, worker: MemberRef
) -> None:
    """UIF of March is due on Tuesday 7 April 2026; Easter Monday the 6th is no banking day."""
    treasurer = town.officer("treasurer")
    [soon] = [d for d in queries.deadlines(treasurer, on=date(2026, 4, 1)) if d.scheme == "UIF"]
    assert (soon.due_on, soon.pay_by, soon.late) == (date(2026, 4, 7), date(2026, 4, 7), False)
    seen = []
    for day in (1, 4, 5, 6, 9):
        run_due(at=datetime(2026, 4, day, 12, tzinfo=UTC))
        seen.append(Notice.objects.filter(template__startswith="fund_due").count())
    # Treasurer and two of the board: 7 days before was 31 March, 2 days before the 5th, late the 8th.
    assert seen == [3, 3, 6, 6, 9]
    assert Notice.objects.filter(template="fund_due_late").count() == 3


def test_a_month_that_is_paid_reminds_nobody(town: Town, worker: MemberRef) -> None:
    sent_to_fund(town, "UIF", "EFT 7")
    run_due(at=datetime(2026, 4, 9, 12, tzinfo=UTC))
    assert not Notice.objects.filter(template__startswith="fund_due").exists()


def test_a_due_day_on_a_closed_day_moves_earlier(town: Town) -> None:
    """7 June 2026 is a Sunday: pay by Friday the 5th. 9 May 2026 in Kenya is a Saturday: the 8th."""
    assert queries.pay_by("ZA", date(2026, 5, 1), 7) == (date(2026, 6, 7), date(2026, 6, 5))
    assert queries.pay_by("KE", date(2026, 4, 1), 9) == (date(2026, 5, 9), date(2026, 5, 8))
    assert queries.pay_by("ZA", date(2026, 1, 1), 31) == (date(2026, 2, 28), date(2026, 2, 27))


def test_everybody_of_a_run_hears_that_she_is_paid(town: Town, worker: MemberRef) -> None:
    run_due(at=CLOSED_AT)
    [told] = Notice.objects.filter(template="payslip_ready")
    assert told.person_id == worker.person_id
    assert ContributionStep.objects.count() == 0
