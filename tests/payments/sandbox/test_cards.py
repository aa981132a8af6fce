"""A hold, a capture and a refund go as Stripe's own SDK expects them to."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from tests.payments.sandbox.running import Running


def hold(client: stripe.StripeClient, card: str = "pm_card_visa", **more: Any) -> Any:
    params: Any = {
        "amount": 12_345, "currency": "zar", "capture_method": "manual", "confirm": True,
        "payment_method": card, "metadata": {"booking": "b1"}, **more,
    }  # fmt: skip
    return client.v1.payment_intents.create(params)


def test_a_card_is_saved_for_a_customer_and_charged_off_session(
    client: stripe.StripeClient,
) -> None:
    customer = client.v1.customers.create({"name": "The Dlamini household"})
    setup = client.v1.setup_intents.create(
        {"customer": customer.id, "payment_method": "pm_card_visa", "confirm": True}
    )
    assert setup.status == "succeeded"
    method = client.v1.payment_methods.retrieve(str(setup.payment_method))
    assert (method.customer, method.card and method.card.last4) == (customer.id, "4242")
    held = hold(client, method.id, customer=customer.id, off_session=True)
    assert (held.status, held.amount_capturable, held.amount_received) == (
        "requires_capture",
        12_345,
        0,
    )


def test_a_part_is_captured_and_the_rest_released(
    client: stripe.StripeClient, sandbox: Running
) -> None:
    held = hold(client)
    taken = client.v1.payment_intents.capture(
        held.id, {"amount_to_capture": 5_000, "expand": ["latest_charge.balance_transaction"]}
    )
    assert (taken.status, taken.amount_received, taken.amount_capturable) == ("succeeded", 5_000, 0)
    charge: Any = taken.latest_charge
    line = charge.balance_transaction
    assert (line.amount, line.fee, line.net, line.status) == (5_000, 175, 4_825, "pending")
    sandbox.switch("/_test/clock", {"advance_seconds": 2 * 86_400})
    assert client.v1.balance_transactions.retrieve(line.id).status == "available"
    assert sandbox.effects() == [("hold", 12_345), ("capture", 5_000), ("release", 7_345)]


def test_more_than_the_hold_cannot_be_captured_nor_captured_twice(
    client: stripe.StripeClient, sandbox: Running
) -> None:
    held = hold(client)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.payment_intents.capture(held.id, {"amount_to_capture": 12_346})
    assert (refused.value.code, refused.value.param) == ("amount_too_large", "amount_to_capture")
    client.v1.payment_intents.capture(held.id)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.payment_intents.capture(held.id)
    assert refused.value.code == "payment_intent_unexpected_state"
    assert sandbox.effects() == [("hold", 12_345), ("capture", 12_345)]


def test_refunds_never_exceed_what_was_captured(
    client: stripe.StripeClient, sandbox: Running
) -> None:
    held = hold(client)
    client.v1.payment_intents.capture(held.id, {"amount_to_capture": 5_000})
    client.v1.refunds.create({"payment_intent": held.id, "amount": 3_000})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"payment_intent": held.id, "amount": 2_001})
    assert refused.value.param == "amount"
    rest = client.v1.refunds.create({"payment_intent": held.id})
    assert (rest.amount, rest.status) == (2_000, "succeeded")
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"payment_intent": held.id})
    assert refused.value.code == "charge_already_refunded"
    assert sandbox.effects()[-2:] == [("refund", 3_000), ("refund", 2_000)]


def test_a_declined_card_says_so_and_holds_nothing(
    client: stripe.StripeClient, sandbox: Running
) -> None:
    with pytest.raises(stripe.CardError) as refused:
        hold(client, "pm_card_chargeDeclined")
    error: Any = refused.value.error
    assert (refused.value.http_status, refused.value.code, error.decline_code) == (
        402,
        "card_declined",
        "generic_decline",
    )
    assert error.payment_intent.status == "requires_payment_method"
    assert sandbox.effects() == []


def test_a_bank_that_asks_first_holds_only_after_the_answer(
    client: stripe.StripeClient, sandbox: Running
) -> None:
    asked = hold(client, "pm_card_authenticationRequired")
    assert (asked.status, asked.amount_capturable) == ("requires_action", 0)
    sandbox.switch(f"/_test/intents/{asked.id}/authenticate", {})
    assert client.v1.payment_intents.retrieve(asked.id).status == "requires_capture"
    with pytest.raises(stripe.CardError) as refused:
        hold(client, "pm_card_authenticationRequired", off_session=True)
    assert refused.value.code == "authentication_required"
    assert sandbox.effects() == [("hold", 12_345)]


def test_a_hold_is_gone_after_seven_days(client: stripe.StripeClient, sandbox: Running) -> None:
    held = hold(client)
    sandbox.switch("/_test/clock", {"advance_seconds": 7 * 86_400 - 60})
    assert client.v1.payment_intents.retrieve(held.id).status == "requires_capture"
    sandbox.switch("/_test/clock", {"advance_seconds": 120})
    gone = client.v1.payment_intents.retrieve(held.id)
    assert (gone.status, gone.cancellation_reason) == ("canceled", "automatic")
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_intents.capture(held.id)
    assert sandbox.effects() == [("hold", 12_345), ("expire", 12_345)]


def test_a_hold_is_released_by_cancelling(client: stripe.StripeClient, sandbox: Running) -> None:
    held = hold(client)
    client.v1.payment_intents.cancel(held.id, {"cancellation_reason": "requested_by_customer"})
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_intents.cancel(held.id)
    assert sandbox.effects() == [("hold", 12_345), ("release", 12_345)]


def test_another_customers_card_is_refused(client: stripe.StripeClient) -> None:
    hers, other = (client.v1.customers.create({"name": n}) for n in ("Hers", "Other"))
    setup = client.v1.setup_intents.create(
        {"customer": hers.id, "payment_method": "pm_card_visa", "confirm": True}
    )
    with pytest.raises(stripe.InvalidRequestError) as refused:
        hold(client, str(setup.payment_method), customer=other.id)
    assert refused.value.param == "payment_method"


def test_lists_page_and_filter(client: stripe.StripeClient) -> None:
    customer = client.v1.customers.create({"name": "Hers"})
    made = [hold(client, customer=customer.id).id for _ in range(3)]
    hold(client)
    page = client.v1.payment_intents.list({"customer": customer.id, "limit": 2})
    assert ([p.id for p in page.data], page.has_more) == ([made[2], made[1]], True)
    assert {p.id for p in page.auto_paging_iter()} == set(made)
    assert client.v1.payment_intents.list({"created": {"gt": page.data[0].created}}).data == []
