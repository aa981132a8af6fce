"""The same message twenty times at once acts once; without its guard the harm is seen."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from coop.outbox import operations as outbox
from coop.outbox.models import Promise
from payments.charges import operations
from payments.charges.models import Charge, WebhookEvent
from payments.charges.operations import _apply_webhook, receive_webhook
from payments.ledger.models import Entry
from tests.payments.charges.paying import Desk, zar
from tests.payments.charges.test_webhooks import URL, letters

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
TIMES = 20


@pytest.fixture
def desk(transactional_db: None, rail: tuple[Any, Any]) -> Desk:
    return Desk(*rail)


def at_once(act: Callable[[], object]) -> list[object]:
    """Twenty threads that start together, each on its own connection; what each came to."""
    gate, results = threading.Barrier(TIMES), [None] * TIMES

    def run(index: int) -> None:
        try:
            gate.wait(20)
            results[index] = act()  # type: ignore[call-overload]
        except Exception as error:
            results[index] = error  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(TIMES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return list(results)


def captured(desk: Desk) -> tuple[Any, bytes, str]:
    """A charge the provider has captured while our own answer was lost, and its message."""
    charge = desk.held()
    operations.collect(by=desk.system, at=desk.at, charge_id=charge, amount=zar(20_000))
    desk.fault("error_after", "/v1/payment_intents/*/capture")
    desk.run()
    assert desk.see(charge).state == "held"
    body, signature = letters(desk, charge, "payment_intent.succeeded")
    return charge, body, signature


def entries(desk: Desk) -> int:
    return Entry.objects.filter(cooperative_id=desk.town.id, kind="capture").count()


def test_the_same_message_twenty_times_at_once_acts_once(desk: Desk) -> None:
    charge, body, signature = captured(desk)
    header = {"Stripe-Signature": signature}
    answers = at_once(
        lambda: (
            Client().post(URL, body, content_type="application/json", headers=header).status_code
        )
    )
    assert answers == [200] * TIMES
    assert WebhookEvent.objects.count() == 1
    key = f"charges.webhook:{json.loads(body)['id']}"
    assert Promise.objects.filter(key=key).count() == 1
    now = timezone.now()
    assert not [x for x in at_once(lambda: outbox.run_due(at=now)) if isinstance(x, Exception)]
    assert desk.see(charge).state == "captured"
    assert WebhookEvent.objects.get().state == "applied"
    assert entries(desk) == 1
    assert desk.effects(charge) == [("hold", 20_000), ("capture", 20_000)]


def test_the_same_message_applied_twenty_times_at_once_is_one_entry(desk: Desk) -> None:
    """Even when every promise of it came at the same moment."""
    charge, body, signature = captured(desk)
    now = timezone.now()
    name = receive_webhook(at=now, body=body, signature=signature)
    results = at_once(lambda: _apply_webhook.apply_webhook(at=now, provider_id=name))
    assert results == [None] * TIMES
    assert (desk.see(charge).state, entries(desk)) == ("captured", 1)
    assert Charge.objects.get(id=charge).captured_minor == 20_000


@contextmanager
def unguarded() -> Iterator[None]:
    """No UNIQUE on the message's name, nor on the promise to act on it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE payments_charges_webhookevent DROP CONSTRAINT webhook_once")
        cursor.execute("ALTER TABLE coop_outbox_promise DROP CONSTRAINT promise_key_once")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("DELETE FROM payments_charges_webhookevent")
            cursor.execute("DELETE FROM coop_outbox_promise")
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute(
                "ALTER TABLE payments_charges_webhookevent"
                " ADD CONSTRAINT webhook_once UNIQUE (provider_id)"
            )
            cursor.execute(
                "ALTER TABLE coop_outbox_promise ADD CONSTRAINT promise_key_once UNIQUE (key)"
            )


def test_without_the_unique_names_it_is_kept_and_promised_twenty_times(desk: Desk) -> None:
    _charge, body, signature = captured(desk)
    now = timezone.now()
    with unguarded():
        at_once(lambda: receive_webhook(at=now, body=body, signature=signature))
        key = f"charges.webhook:{json.loads(body)['id']}"
        assert WebhookEvent.objects.count() == TIMES
        assert Promise.objects.filter(key=key).count() == TIMES
