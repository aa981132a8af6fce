"""Money back is borne by the cooperative; money by hand has a number without a gap."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from coop.kernel import NotAllowed, RuleBroken
from payments.charges import operations, queries
from payments.charges.types import ChargeState, How
from tests.payments.charges.paying import Desk, zar
from tests.payments.charges.test_card_rail import balances


def give_back(desk: Desk, charge: UUID, minor: int) -> None:
    operations.refund(
        by=desk.treasurer, at=desk.at, charge_id=charge, amount=zar(minor), reason="a broken vase"
    )
    desk.run()


def test_a_refund_is_an_expense_of_the_cooperative(desk: Desk) -> None:
    charge = desk.captured()
    give_back(desk, charge, 3_000)
    seen = queries.charge(desk.household, charge)
    assert (seen.card.state, seen.card.refunded) == (ChargeState.REFUNDED, zar(3_000))
    assert [(r.amount, r.borne_by, r.done) for r in seen.refunds] == [
        (zar(3_000), "cooperative", True)
    ]
    assert balances(desk)["other_expense"] == 3_000
    assert balances(desk)["income_services"] == -18_000
    give_back(desk, charge, 17_000)
    with pytest.raises(RuleBroken) as refused:
        give_back(desk, charge, 1)
    assert refused.value.code == "refund_within_captured"
    assert desk.see(charge).refunded == zar(20_000)


def test_a_household_does_not_give_itself_money_back(desk: Desk) -> None:
    charge = desk.captured()
    with pytest.raises(NotAllowed):
        operations.refund(
            by=desk.household, at=desk.at, charge_id=charge, amount=zar(1), reason="please"
        )
    assert desk.see(charge).refunded == zar(0)


def receive(desk: Desk, charge: UUID, minor: int, reference: str = "") -> int:
    return operations.record_receipt(
        by=desk.treasurer, at=desk.at, charge_id=charge, amount=zar(minor), how=How.CASH,
        received_on=desk.at.date(), reference=reference,
    )  # fmt: skip


def test_receipts_are_numbered_and_fill_what_is_due(desk: Desk) -> None:
    first, second = desk.open(), desk.open()
    for charge in (first, second):
        operations.collect(by=desk.system, at=desk.at, charge_id=charge, amount=zar(20_000))
    assert receive(desk, first, 5_000) == 1
    assert receive(desk, second, 20_000) == 2
    assert receive(desk, first, 15_000) == 3
    assert {desk.see(charge).state for charge in (first, second)} == {ChargeState.SETTLED}
    assert balances(desk)["cash"] == 40_000
    assert "client_receivable" not in balances(desk)
    assert [r.number for r in queries.receipts(desk.household)] == [3, 2, 1]


def test_more_than_owed_is_not_received_and_uses_no_number(desk: Desk) -> None:
    charge = desk.open()
    operations.collect(by=desk.system, at=desk.at, charge_id=charge, amount=zar(6_000))
    with pytest.raises(RuleBroken) as refused:
        receive(desk, charge, 6_001)
    assert refused.value.code == "receipt_over_due"
    assert receive(desk, charge, 1_000, "EFT 77") == 1
    with pytest.raises(RuleBroken) as refused:
        receive(desk, charge, 1_000, "EFT 77")
    assert refused.value.code == "receipt_reference_once"
    assert receive(desk, charge, 5_000) == 2


def test_another_cooperative_counts_its_own_receipts(desk: Desk) -> None:
    charge = desk.open()
    assert receive(desk, charge, 1_000) == 1
    other = Desk(desk.sandbox, desk.box)
    assert receive(other, other.open(), 1_000) == 1
    assert queries.receipts(other.treasurer)[0].charge_id != charge


def test_money_by_hand_from_tomorrow_is_refused(desk: Desk) -> None:
    with pytest.raises(RuleBroken) as refused:
        operations.record_receipt(
            by=desk.treasurer, at=desk.at, charge_id=desk.open(), amount=zar(1), how=How.BANK,
            received_on=(desk.at + timedelta(days=2)).date(),
        )  # fmt: skip
    assert refused.value.code == "receipt_in_future"
