"""Keys replay, faults come when ordered, kill -9 loses nothing, webhooks come at least once."""

from __future__ import annotations

from typing import Any

import pytest
import stripe

from tests.payments.sandbox.running import SECRET, Letterbox, Running
from tests.payments.sandbox.test_cards import hold

INTENT: Any = {
    "amount": 900, "currency": "zar", "capture_method": "manual", "confirm": True,
    "payment_method": "pm_card_visa",
}  # fmt: skip


def create(client: stripe.StripeClient, key: str, **more: Any) -> Any:
    params: Any = INTENT | more
    return client.v1.payment_intents.create(params, {"idempotency_key": key})


def test_the_same_key_is_the_same_effect(client: stripe.StripeClient, sandbox: Running) -> None:
    first, second = create(client, "k1"), create(client, "k1")
    assert first.id == second.id
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert sandbox.effects() == [("hold", 900)]


def test_a_key_with_other_parameters_is_refused(
    client: stripe.StripeClient, sandbox: Running
) -> None:
    create(client, "k1")
    with pytest.raises(stripe.IdempotencyError) as refused:
        create(client, "k1", amount=901)
    assert refused.value.http_status == 400
    assert sandbox.effects() == [("hold", 900)]


def test_a_refused_parameter_is_not_saved_but_a_declined_card_is(
    client: stripe.StripeClient,
) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        create(client, "k1", colour="red")
    assert create(client, "k1").status == "requires_capture"
    for _ in range(2):
        with pytest.raises(stripe.CardError):
            create(client, "k2", payment_method="pm_card_chargeDeclined")
    assert len(client.v1.payment_intents.list().data) == 2


def test_a_key_is_forgotten_after_a_day(client: stripe.StripeClient, sandbox: Running) -> None:
    first = create(client, "k1")
    sandbox.switch("/_test/clock", {"advance_seconds": 86_400 - 60})
    assert create(client, "k1").id == first.id
    sandbox.switch("/_test/clock", {"advance_seconds": 120})
    assert create(client, "k1").id != first.id


@pytest.mark.parametrize(
    ("fault", "effects"), [("error_before", []), ("error_after", [("hold", 900)])]
)
def test_a_saved_500_never_clears_by_retrying(
    client: stripe.StripeClient, sandbox: Running, fault: str, effects: list[Any]
) -> None:
    sandbox.switch("/_test/faults", {"kind": fault, "path": "/v1/payment_intents"})
    for _ in range(3):
        with pytest.raises(stripe.APIError) as broken:
            create(client, "k1")
        assert broken.value.http_status == 500
    assert sandbox.effects() == effects
    assert create(client, "k2").status == "requires_capture"


@pytest.mark.parametrize("fault", ["drop_after", "timeout_after", "drop_before"])
def test_a_lost_answer_is_found_by_the_same_key(
    client: stripe.StripeClient, sandbox: Running, fault: str
) -> None:
    sandbox.switch("/_test/faults", {"kind": fault, "milliseconds": 100})
    with pytest.raises(stripe.APIConnectionError):
        create(client, "k1")
    assert sandbox.effects() == ([] if fault == "drop_before" else [("hold", 900)])
    assert create(client, "k1").status == "requires_capture"
    assert sandbox.effects() == [("hold", 900)]


def test_kill_9_loses_nothing(sandbox: Running, letterbox: Letterbox) -> None:
    sandbox.switch("/_test/webhooks", {"hold": True})
    held = create(sandbox.client(), "k1")
    sandbox.kill()
    sandbox.start()
    assert create(sandbox.client(), "k1").id == held.id
    assert sandbox.effects() == [("hold", 900)]
    assert letterbox.letters == []
    sandbox.switch("/_test/webhooks/flush", {})
    kinds = {event["type"] for event in letterbox.wait_for(3)}
    assert kinds == {
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.amount_capturable_updated",
    }


def test_webhooks_are_signed_and_sent_until_heard(
    client: stripe.StripeClient, sandbox: Running, letterbox: Letterbox
) -> None:
    letterbox.statuses = [500, 503]
    client.v1.customers.create({"name": "Hers"})
    events = letterbox.wait_for(3, "customer.created")
    assert {event["id"] for event in events} == {client.v1.events.list().data[0].id}
    for body, signature in letterbox.letters:
        assert stripe.WebhookSignature.verify_header(body, signature, SECRET, 300)
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.WebhookSignature.verify_header(body, signature, "whsec_other", 300)


def test_events_come_doubled_and_out_of_order_when_asked(
    client: stripe.StripeClient, sandbox: Running, letterbox: Letterbox
) -> None:
    sandbox.switch("/_test/webhooks", {"hold": True, "duplicates": 2, "shuffle": True})
    for _ in range(4):
        hold(client)
    assert sandbox.switch("/_test/webhooks/flush", {}) == {"released": 36}
    events = [event["id"] for event in letterbox.wait_for(36)]
    assert sorted(events) == sorted([e.id for e in client.v1.events.list({"limit": 100}).data] * 3)
    assert len(set(events)) == 12
