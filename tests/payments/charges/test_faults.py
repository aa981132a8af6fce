"""Lost answers, saved 500s and crashes end in one effect, and books equal the provider's journal."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from payments.charges import operations, queries
from payments.charges.models import Intent
from payments.charges.types import ChargeState, IntentState
from tests.payments.charges.paying import Desk, zar

HOLD = "/v1/payment_intents"


class Crash(Exception):
    """The process dies here."""


def ask(desk: Desk) -> UUID:
    charge = desk.open(card=desk.card())
    operations.hold(by=desk.household, at=desk.at, charge_id=charge)
    return charge


def settle(desk: Desk) -> None:
    for _ in range(12):
        desk.run(minutes=20)


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "timeout_after", "too_many"])
def test_a_lost_answer_is_asked_again_under_the_same_key(desk: Desk, kind: str) -> None:
    charge = ask(desk)
    desk.fault(kind, HOLD, times=2)
    settle(desk)
    assert desk.see(charge).state == ChargeState.HELD
    assert desk.effects(charge) == [("hold", 20_000)]
    assert Intent.objects.filter(charge_id=charge).count() == 1


@pytest.mark.parametrize(("kind", "asked"), [("error_after", 1), ("error_before", 2)])
def test_a_500_is_looked_up_and_not_repeated(desk: Desk, kind: str, asked: int) -> None:
    """After the effect it is found; before it, it is asked anew under another key."""
    charge = ask(desk)
    desk.fault(kind, HOLD)
    desk.run()
    assert desk.see(charge).state == ChargeState.DRAFT
    settle(desk)
    assert desk.see(charge).state == ChargeState.HELD
    assert desk.effects(charge) == [("hold", 20_000)]
    states = Intent.objects.filter(charge_id=charge).values_list("state", flat=True)
    assert sorted(states) == sorted([IntentState.DONE] + [IntentState.FAILED] * (asked - 1))


@pytest.mark.parametrize("kind", ["error_after", "error_before", "drop_after"])
def test_a_capture_with_faults_is_one_capture(desk: Desk, kind: str) -> None:
    charge = desk.held()
    operations.collect(by=desk.system, at=desk.at, charge_id=charge, amount=zar(12_000))
    desk.fault(kind, f"{HOLD}/*/capture")
    settle(desk)
    assert (desk.see(charge).state, desk.see(charge).captured) == ("captured", zar(12_000))
    assert desk.effects(charge) == [("hold", 20_000), ("capture", 12_000), ("release", 8_000)]


@pytest.mark.parametrize("kind", ["error_after", "error_before", "drop_after"])
def test_a_refund_with_faults_is_one_refund(desk: Desk, kind: str) -> None:
    charge = desk.captured()
    desk.fault(kind, "/v1/refunds")
    operations.refund(
        by=desk.treasurer, at=desk.at, charge_id=charge, amount=zar(700), reason="late"
    )
    settle(desk)
    assert desk.see(charge).refunded == zar(700)
    assert [line for line in desk.effects(charge) if line[0] == "refund"] == [("refund", 700)]


@pytest.mark.parametrize("kind", ["error_after", "error_before", "drop_after"])
def test_a_card_saved_with_faults_is_saved(desk: Desk, kind: str) -> None:
    desk.fault(kind, "/v1/setup_intents")
    desk.card()
    settle(desk)
    (card,) = queries.cards(desk.household, desk.household_id)
    assert card.state == "active"


def test_a_crash_between_the_call_and_the_commit_is_one_effect(desk: Desk) -> None:
    """The provider did it, our transaction was lost; the promise comes again."""
    charge = ask(desk)
    intent = Intent.objects.get(charge_id=charge)
    with pytest.raises(Crash), transaction.atomic():
        operations.carry_out(at=desk.at, intent_id=intent.id)
        raise Crash
    assert desk.see(charge).state == ChargeState.DRAFT
    desk.run()
    assert desk.see(charge).state == ChargeState.HELD
    assert desk.effects(charge) == [("hold", 20_000)]


def test_after_23_hours_an_intent_is_looked_up_instead_of_repeated(desk: Desk) -> None:
    """The key is forgotten by then: repeating it would hold twice."""
    charge = ask(desk)
    intent = Intent.objects.get(charge_id=charge)
    with pytest.raises(Crash), transaction.atomic():
        operations.carry_out(at=desk.at, intent_id=intent.id)
        raise Crash
    desk.sandbox.switch("/_test/clock", {"advance_seconds": 25 * 3600})
    operations.carry_out(at=desk.at + timedelta(hours=25), intent_id=intent.id)
    assert desk.see(charge).state == ChargeState.HELD
    assert desk.effects(charge) == [("hold", 20_000)]


def test_books_equal_the_providers_journal(desk: Desk) -> None:
    for minor, kind in ((20_000, "error_after"), (5_000, "drop_after"), (1, "error_before")):
        desk.fault(kind, f"{HOLD}/*/capture")
        charge = desk.held()
        operations.collect(by=desk.system, at=desk.at, charge_id=charge, amount=zar(minor))
        settle(desk)
    ours = sorted(
        (effect.kind, effect.amount.minor)
        for effect in queries.provider_effects(cooperative_id=desk.town.id)
    )
    theirs = sorted(
        line
        for card in queries.charges(desk.system)
        for line in desk.effects(card.id)
        if line[0] in ("capture", "refund")
    )
    assert ours == theirs == [("capture", 1), ("capture", 5_000), ("capture", 20_000)]
