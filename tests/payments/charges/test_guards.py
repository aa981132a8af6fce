"""The database refuses it even when nobody asks an operation."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from payments.charges.models import Charge, ChargeLine, Intent, Receipt, Refund, WebhookEvent
from tests.payments.charges.paying import Desk


def refused(constraint: str) -> pytest.RaisesExc[IntegrityError]:
    def check(error: IntegrityError) -> bool:
        return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") == constraint

    return pytest.RaisesExc(IntegrityError, check=check)


@pytest.mark.parametrize("state", ["draft", "settled", "refunded"])
def test_a_charge_does_not_jump(desk: Desk, state: str) -> None:
    charge = desk.held()
    with refused("charge_moves"), transaction.atomic():
        Charge.objects.filter(id=charge).update(state=state)
    assert desk.see(charge).state == "held"


def test_a_released_charge_stays_released(desk: Desk) -> None:
    charge = desk.open()
    Charge.objects.filter(id=charge).update(state="released")
    for state in ("draft", "held", "captured", "failed"):
        with refused("charge_moves"), transaction.atomic():
            Charge.objects.filter(id=charge).update(state=state)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"captured_minor": 20_001}, "charge_captured_within_held"),
        ({"held_minor": 20_001}, "charge_held_within_amount"),
        ({"refunded_minor": 1}, "charge_refunded_within_captured"),
        ({"due_minor": 20_001}, "charge_due_within_amount"),
        ({"amount_minor": 1}, "charge_is_kept"),
        ({"booking_id": UUID(int=7)}, "charge_is_kept"),
    ],
)
def test_a_charge_keeps_its_sums(desk: Desk, changes: dict[str, int], constraint: str) -> None:
    charge = desk.held()
    before = desk.see(charge)
    with refused(constraint), transaction.atomic():
        Charge.objects.filter(id=charge).update(**changes)
    assert desk.see(charge) == before


def test_a_booking_has_one_charge_and_a_charge_its_lines(desk: Desk) -> None:
    charge = Charge.objects.get(id=desk.open())
    with refused("charge_once_per_booking"), transaction.atomic():
        Charge.objects.create(
            cooperative_id=charge.cooperative_id, household_id=charge.household_id,
            booking_id=charge.booking_id, rail="manual", currency="ZAR", amount_minor=1,
            opened_at=desk.at,
        )  # fmt: skip
    with refused("charge_lines_sum"), transaction.atomic():
        ChargeLine.objects.create(charge=charge, place=9, code="tip", label="Tip", amount_minor=1)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with refused("charge_line_is_kept"), transaction.atomic():
        ChargeLine.objects.filter(charge=charge).update(amount_minor=1)
    with refused("charge_line_is_kept"), transaction.atomic():
        ChargeLine.objects.filter(charge=charge)._raw_delete("default")
    with refused("charge_never_deleted"), transaction.atomic():
        Charge.objects.filter(id=charge.id)._raw_delete("default")


def test_refunds_never_exceed_captures(desk: Desk) -> None:
    charge = desk.captured(5_000)
    row = {
        "cooperative_id": desk.town.id, "charge_id": charge, "currency": "ZAR", "reason": "x",
        "asked_at": desk.at,
    }  # fmt: skip
    Refund.objects.create(amount_minor=3_000, **row)
    with refused("refund_within_captured"), transaction.atomic():
        Refund.objects.create(amount_minor=2_001, **row)
    with refused("refund_never_borne_by_a_worker"), transaction.atomic():
        Refund.objects.create(amount_minor=1, borne_by="worker", **row)
    assert Refund.objects.filter(charge_id=charge).count() == 1


def test_receipts_leave_no_gap_and_are_not_edited(desk: Desk) -> None:
    charge = desk.open()
    row = {
        "cooperative_id": desk.town.id, "charge_id": charge, "currency": "ZAR", "how": "cash",
        "amount_minor": 10, "received_on": desk.at.date(), "recorded_at": desk.at,
    }  # fmt: skip
    with refused("receipt_gapless"), transaction.atomic():
        Receipt.objects.create(number=2, **row)
    with refused("receipts_sum"), transaction.atomic():
        Receipt.objects.create(number=1, **row)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with transaction.atomic():
        Receipt.objects.create(number=1, **row)
        Charge.objects.filter(id=charge).update(captured_minor=10)
    with refused("receipt_is_kept"), transaction.atomic():
        Receipt.objects.update(amount_minor=20)


def test_an_ended_intent_and_a_heard_message_stay(desk: Desk) -> None:
    charge = desk.held()
    intents = Intent.objects.filter(charge_id=charge)
    for changes in ({"state": "stored"}, {"amount_minor": 1}, {"effect_ref": "pi_other"}):
        with refused("intent_moves"), transaction.atomic():
            intents.update(**changes)
    with refused("intent_never_deleted"), transaction.atomic():
        intents._raw_delete("default")
    WebhookEvent.objects.create(
        provider_id="evt_1", kind="x", raw="{}", happened_at=desk.at, received_at=desk.at
    )
    with refused("webhook_is_kept"), transaction.atomic():
        WebhookEvent.objects.update(raw="{ }")
    with refused("webhook_once"), transaction.atomic():
        WebhookEvent.objects.create(
            provider_id="evt_1", kind="x", raw="{}", happened_at=desk.at, received_at=desk.at
        )


def test_one_live_intent_for_each_step(desk: Desk) -> None:
    charge = desk.open(card=desk.card())
    row = {
        "cooperative_id": desk.town.id, "charge_id": charge, "currency": "ZAR",
        "amount_minor": 20_000, "stored_at": desk.at,
    }  # fmt: skip
    Intent.objects.create(kind="hold", **row)
    with refused("intent_one_live_hold"), transaction.atomic():
        Intent.objects.create(kind="hold", **row)
    Intent.objects.create(kind="capture", **row)
    with refused("intent_one_end_per_charge"), transaction.atomic():
        Intent.objects.create(kind="release", **row)
