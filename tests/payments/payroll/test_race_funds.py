"""The same payment to a fund, pressed by several at once, leaves the bank once."""

from __future__ import annotations

import threading
from datetime import date
from uuid import UUID

import pytest

from coop.kernel import Money, RuleBroken
from coop.members.types import MemberRef
from payments.ledger.models import Entry
from payments.payroll import operations
from payments.payroll.models import ContributionStep, Remittance
from payments.payroll.operations import _remit
from payments.payroll.types import RemittanceState
from tests.factories import found_town, make_worker
from tests.payments.payroll.month import CLOSED_AT, month_of_visits, paid_run
from tests.payments.payroll.test_race import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def approved() -> tuple[MemberRef, UUID]:
    """March of one worker: 72.00 for UIF with both keys, not yet paid."""
    town = found_town()
    month_of_visits(town, make_worker(town))
    paid_run(town)
    treasurer = town.officer("treasurer")
    made = operations.prepare_remittance(
        by=treasurer, at=CLOSED_AT, scheme="UIF", month=date(2026, 3, 1)
    )
    operations.approve_remittance(by=town.officer("board"), at=CLOSED_AT, remittance_id=made)
    return treasurer, made


def pay(treasurer: MemberRef, made: UUID, times: int) -> list[object]:
    def act() -> Money:
        return operations.remit(by=treasurer, at=CLOSED_AT, remittance_id=made, reference="EFT 1")

    return at_once([act] * times)


def test_a_payment_pressed_four_times_at_once_is_paid_once() -> None:
    results = pay(*approved(), 4)
    assert results.count(Money.of("72.00", "ZAR")) == 1
    assert [r.code for r in results if isinstance(r, RuleBroken)] == ["remittance_not_approved"] * 3
    assert Entry.objects.filter(kind="remittance").count() == 1
    assert ContributionStep.objects.filter(state="paid").count() == 1


def test_without_the_lock_two_people_pay_it(monkeypatch: pytest.MonkeyPatch) -> None:
    meet = threading.Barrier(2)

    def careless(by: MemberRef, id_: UUID, *, state: RemittanceState) -> Remittance:
        row = Remittance.objects.get(cooperative_id=by.cooperative_id, id=id_)
        meet.wait(10)
        return row

    monkeypatch.setattr(_remit, "locked_remittance", careless)
    results = pay(*approved(), 2)
    assert results.count(Money.of("72.00", "ZAR")) == 2
    assert ContributionStep.objects.filter(state="paid").count() == 2
