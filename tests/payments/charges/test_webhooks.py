"""What the provider says is verified, kept once, and believed only after asking it again."""

from __future__ import annotations

import json
import random
import time
from typing import Any

import pytest
import stripe
from django.test import Client

from payments.charges import operations
from payments.charges.models import Charge, Intent, WebhookEvent
from payments.charges.types import ChargeState
from payments.ledger.models import Entry
from tests.payments.charges.paying import Desk, zar
from tests.payments.sandbox.running import SECRET

URL = "/money/charges/webhooks/stripe/"


def letters(desk: Desk, charge: Any, kind: str) -> tuple[bytes, str]:
    """The body the sandbox really sent about this charge, and its signature."""
    for _ in range(300):
        for body, signature in list(desk.box.letters):
            event = json.loads(body)
            about = event["data"]["object"].get("metadata", {})
            if event["type"] == kind and about.get("charge") == str(charge):
                return body, signature
        time.sleep(0.02)
    raise AssertionError(f"no {kind} came")


def post(body: bytes, signature: Any) -> int:
    return (
        Client(raise_request_exception=False)
        .post(URL, body, content_type="application/json", headers={"Stripe-Signature": signature})
        .status_code
    )


def sign(body: bytes, *, secret: str = SECRET, shift: int = 0) -> str:
    return str(
        stripe.WebhookSignature.generate_signature_header(
            body.decode("utf-8", "replace"), secret, int(time.time()) + shift
        )
    )


def test_the_same_message_20_times_is_one_effect(desk: Desk) -> None:
    charge = desk.captured()
    body, signature = letters(desk, charge, "payment_intent.succeeded")
    assert [post(body, signature) for _ in range(20)] == [200] * 20
    desk.at = max(desk.at, WebhookEvent.objects.get().received_at)
    desk.run()
    event = WebhookEvent.objects.get()
    assert (event.state, event.cooperative_id) == ("applied", desk.town.id)
    assert Entry.objects.filter(cooperative_id=desk.town.id, kind="capture").count() == 1
    assert desk.effects(charge) == [("hold", 20_000), ("capture", 20_000)]


def test_a_message_alone_moves_the_charge_when_our_answer_was_lost(desk: Desk) -> None:
    charge = desk.open(card=desk.card())
    operations.hold(by=desk.household, at=desk.at, charge_id=charge)
    desk.fault("error_after", "/v1/payment_intents")
    desk.run()
    assert desk.see(charge).state == ChargeState.DRAFT
    body, signature = letters(desk, charge, "payment_intent.amount_capturable_updated")
    assert post(body, signature) == 200
    operations.apply_webhook(at=desk.at, provider_id=json.loads(body)["id"])
    assert desk.see(charge).state == ChargeState.HELD
    assert Intent.objects.get(charge_id=charge).state == "done"
    for _ in range(5):
        desk.run(minutes=10)
    assert desk.effects(charge) == [("hold", 20_000)]


def test_old_news_moves_nothing_back(desk: Desk) -> None:
    """Shuffled: the hold's message is applied after the capture and the refund."""
    charge = desk.captured()
    operations.refund(
        by=desk.treasurer, at=desk.at, charge_id=charge, amount=zar(500), reason="late"
    )
    desk.run()
    kinds = ["payment_intent.succeeded", "payment_intent.created", "charge.captured",
             "payment_intent.amount_capturable_updated", "charge.succeeded"]  # fmt: skip
    bodies = [letters(desk, charge, kind) for kind in kinds] * 2
    random.Random(7).shuffle(bodies)
    before = Charge.objects.filter(id=charge).values().get()
    for body, signature in bodies:
        assert post(body, signature) == 200
        operations.apply_webhook(at=desk.at, provider_id=json.loads(body)["id"])
    assert Charge.objects.filter(id=charge).values().get() == before
    assert Entry.objects.filter(cooperative_id=desk.town.id).count() == 4


@pytest.mark.parametrize(
    ("body", "signature"),
    [
        (b"{}", ""),
        (b"{}", "t=1,v1=00"),
        (b"{}", None),
        (b"\xff\xfe{}", None),
        (b'{"id": "evt_1"', None),
        (b"{}", "t=x,v1=\u00e9"),
        (b"{}", "t=99999999999999999999,v1=00"),
        (b"", None),
        (b'{"id": 1, "type": [], "created": "x", "data": 3}', None),
    ],
    # Names of their own: parallel workers must collect the same ones whatever the clock says.
    ids=[
        "no signature", "wrong signature", "no event", "no text", "truncated", "non-ascii signature",
        "far future", "empty", "wrong types",
    ],
)  # fmt: skip
def test_what_is_not_the_providers_is_400_and_not_kept(
    desk: Desk, body: bytes, signature: str | None
) -> None:
    assert post(body, sign(body) if signature is None else signature) == 400
    assert not WebhookEvent.objects.exists()


@pytest.mark.parametrize(
    "how", ["forged", "stale", "future", "truncated", "changed", "non-ascii secret"]
)
def test_a_real_message_spoilt_is_400(desk: Desk, how: str) -> None:
    body, _ = letters(desk, desk.held(), "charge.succeeded")
    body, signature = {
        "forged": (body, sign(body, secret="whsec_other")),
        "stale": (body, sign(body, shift=-301)),
        "future": (body, sign(body, shift=60)),
        "truncated": (body[:-20], sign(body)),
        "changed": (body.replace(b"20000", b"20001"), sign(body)),
        "non-ascii secret": (body + "\u00e9".encode("latin-1"), sign(body)),
    }[how]
    assert post(body, signature) == 400
    assert not WebhookEvent.objects.exists()


def test_unknown_kinds_are_kept_and_ignored(desk: Desk) -> None:
    desk.card()
    for body, signature in [x for x in desk.box.letters if b"customer.created" in x[0]][-1:]:
        assert post(body, signature) == 200
        operations.apply_webhook(at=desk.at, provider_id=json.loads(body)["id"])
    assert set(WebhookEvent.objects.values_list("state", flat=True)) <= {"ignored"}
