"""A card is held before the work and charged after it, once."""

from __future__ import annotations

import pytest

from coop.kernel import BadInput, NotFound, RuleBroken
from payments.charges import operations, queries
from payments.charges.models import Intent
from payments.charges.types import CardState, ChargeState, NewLine, Rail
from payments.ledger import queries as ledger
from tests.payments.charges.paying import LINES, Desk, zar


def balances(desk: Desk) -> dict[str, int]:
    trial = ledger.trial_balance(cooperative_id=desk.town.id)
    return {line.code: line.amount.minor for line in trial.lines if line.amount.minor}


def test_from_the_card_to_the_bank(desk: Desk) -> None:
    charge = desk.captured()
    seen = desk.see(charge)
    assert (seen.state, seen.held, seen.captured, seen.fee) == (
        ChargeState.CAPTURED, zar(20_000), zar(20_000), zar(610),
    )  # fmt: skip
    assert desk.effects(charge) == [("hold", 20_000), ("capture", 20_000)]
    assert balances(desk) == {
        "card_clearing": 19_390, "card_cost_expense": 610, "income_services": -18_000,
        "income_coop_share": -1_500, "tax_payable": -500,
    }  # fmt: skip
    desk.sandbox.switch("/_test/clock", {"advance_seconds": 2 * 86_400 + 60})
    operations.reconcile(by=desk.system, at=desk.at)
    desk.run()
    assert desk.see(charge).state == ChargeState.SETTLED
    assert balances(desk)["bank"] == 19_390
    assert "card_clearing" not in balances(desk)


def test_a_saved_card_shows_its_last_digits_only(desk: Desk) -> None:
    desk.card("pm_card_mastercard")
    (card,) = queries.cards(desk.household, desk.household_id)
    assert (card.state, card.brand, card.last4) == (CardState.ACTIVE, "mastercard", "4444")


def test_a_refused_card_is_not_saved_and_says_why(desk: Desk) -> None:
    desk.card("pm_card_chargeDeclined")
    (card,) = queries.cards(desk.household, desk.household_id)
    assert (card.state, card.refusal) == (CardState.REFUSED, "Your card was declined.")
    with pytest.raises(RuleBroken, match="cannot be used") as refused:
        desk.open(card=card.id)
    assert refused.value.code == "charge_needs_card"
    assert queries.charges(desk.system) == []


def test_a_card_refused_at_the_hold_fails_the_charge_and_another_card_mends_it(desk: Desk) -> None:
    charge = desk.open(card=desk.card("pm_card_chargeCustomerFail"))
    operations.hold(by=desk.household, at=desk.at, charge_id=charge)
    desk.run()
    seen = desk.see(charge)
    assert (seen.state, seen.failure) == (ChargeState.FAILED, "Your card was declined.")
    assert desk.effects(charge) == []
    desk.card()
    desk.run()
    assert desk.see(charge).state == ChargeState.HELD
    assert desk.effects(charge) == [("hold", 20_000)]


def test_a_cancellation_fee_is_taken_and_the_rest_falls_back(desk: Desk) -> None:
    charge = desk.captured(5_000)
    assert desk.effects(charge) == [("hold", 20_000), ("capture", 5_000), ("release", 15_000)]
    assert balances(desk)["income_services"] == -4_500
    assert balances(desk)["tax_payable"] == -125


def test_nothing_due_lets_the_hold_go(desk: Desk) -> None:
    charge = desk.held()
    operations.collect(by=desk.system, at=desk.at, charge_id=charge, amount=zar(0))
    desk.run()
    assert desk.see(charge).state == ChargeState.RELEASED
    assert desk.effects(charge) == [("hold", 20_000), ("release", 20_000)]
    assert balances(desk) == {}


def test_a_charge_let_go_before_its_hold_came_is_released_when_it_comes(desk: Desk) -> None:
    charge = desk.open(card=desk.card())
    operations.hold(by=desk.household, at=desk.at, charge_id=charge)
    operations.release(by=desk.household, at=desk.at, charge_id=charge, reason="changed my mind")
    desk.run()
    desk.run()
    assert desk.see(charge).state == ChargeState.RELEASED
    assert desk.effects(charge) == [("hold", 20_000), ("release", 20_000)]


def test_what_is_due_is_said_once(desk: Desk) -> None:
    charge = desk.held()
    for _ in range(2):
        operations.collect(by=desk.system, at=desk.at, charge_id=charge, amount=zar(20_000))
    with pytest.raises(RuleBroken) as refused:
        operations.collect(by=desk.system, at=desk.at, charge_id=charge, amount=zar(10_000))
    assert refused.value.code == "due_is_fixed"
    desk.run()
    assert Intent.objects.filter(charge_id=charge, kind="capture").count() == 1
    assert desk.effects(charge) == [("hold", 20_000), ("capture", 20_000)]


def test_no_more_than_the_price_and_the_hold(desk: Desk) -> None:
    charge = desk.held()
    with pytest.raises(BadInput):
        operations.collect(by=desk.system, at=desk.at, charge_id=charge, amount=zar(20_001))
    with pytest.raises(RuleBroken) as refused:
        operations.capture(by=desk.system, at=desk.at, charge_id=charge, amount=zar(20_001))
    assert refused.value.code == "capture_over_hold"
    assert desk.see(charge).due is None


def test_lines_that_do_not_sum_open_no_charge(desk: Desk) -> None:
    with pytest.raises(RuleBroken) as refused:
        operations.open_charge(
            by=desk.system, at=desk.at, booking_id=desk.town.id, household_id=desk.household_id,
            amount=zar(20_000), lines=[*LINES, NewLine("tip", "Tip", zar(1))], rail=Rail.MANUAL,
        )  # fmt: skip
    assert refused.value.code == "charge_lines_sum"
    assert queries.charges(desk.system) == []


def test_a_hold_that_fell_back_by_age_is_found_out_and_taken_anew(desk: Desk) -> None:
    charge = desk.held()
    desk.sandbox.switch("/_test/clock", {"advance_seconds": 7 * 86_400 + 60})
    operations.reconcile(by=desk.system, at=desk.at)
    desk.run()
    assert desk.see(charge).state == ChargeState.FAILED
    operations.collect(by=desk.system, at=desk.at, charge_id=charge, amount=zar(20_000))
    desk.run()
    desk.run()
    assert desk.see(charge).state == ChargeState.CAPTURED
    assert desk.effects(charge) == [
        ("hold", 20_000), ("expire", 20_000), ("hold", 20_000), ("capture", 20_000),
    ]  # fmt: skip


def test_another_household_sees_and_touches_nothing(desk: Desk) -> None:
    from tests.factories.people import make_household

    charge = desk.held()
    other, _ = make_household(desk.town, "Other")
    assert queries.charges(other) == []
    for act in (
        lambda: queries.charge(other, charge),
        lambda: operations.release(by=other, at=desk.at, charge_id=charge, reason="spite"),
        lambda: operations.hold(by=other, at=desk.at, charge_id=charge),
    ):
        with pytest.raises(NotFound) as refused:
            act()
        assert refused.value.code == "charge_unknown"
    assert desk.see(charge).state == ChargeState.HELD
