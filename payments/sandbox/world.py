"""What every endpoint stands on: the sandbox's clock, its objects, its events and its journal."""

from __future__ import annotations

import json
import random
import secrets
import string
import time
from dataclasses import dataclass
from typing import Any

import stripe

from payments.sandbox.errors import Json, missing
from payments.sandbox.store import Store

_ALPHABET = string.ascii_letters + string.digits
#: Stripe's prefix of an id → the kind of object it names.
KINDS = {
    "cus": "customer", "pm": "payment_method", "seti": "setup_intent", "pi": "payment_intent",
    "ch": "charge", "re": "refund", "txn": "balance_transaction", "evt": "event",
}  # fmt: skip
_PREFIX = {kind: prefix for prefix, kind in KINDS.items()}


def random_text(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def new_id(kind: str) -> str:
    number = "3" if kind in ("payment_intent", "charge", "refund", "balance_transaction") else "1"
    return f"{_PREFIX[kind]}_{number}{random_text(23)}"


@dataclass
class World:
    """One sandbox: its store, and who asks (for the `request` field of events)."""

    store: Store
    request_id: str | None = None
    idempotency_key: str | None = None

    def now(self) -> int:
        """Sandbox time in whole seconds: the machine's clock moved forward by tests."""
        offset: int = self.store.setting("clock", {"offset": 0})["offset"]
        return int(time.time()) + offset

    def new(self, kind: str, **fields: Any) -> Json:
        return {
            "id": new_id(kind),
            "object": kind,
            "created": self.now(),
            "livemode": False,
            "metadata": {},
            **fields,
        }

    def save(self, body: Json) -> Json:
        self.store.put(body["object"], body)
        return body

    def find(self, kind: str, object_id: str, *, param: str, status: int = 400) -> Json:
        body = self.store.get(kind, object_id)
        if body is None:
            raise missing(kind, object_id, param=param, status=status)
        return body

    def emit(self, kind: str, body: Json) -> None:
        """An event with the object as it is now, and its deliveries by the mode in force."""
        event: Json = {
            "id": new_id("event"),
            "object": "event",
            "api_version": stripe.api_version,
            "created": self.now(),
            "data": {"object": json.loads(json.dumps(body))},
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": self.request_id, "idempotency_key": self.idempotency_key},
            "type": kind,
        }
        self.save(event)
        self.queue(event["id"])

    def queue(self, event_id: str, *, times: int | None = None) -> None:
        mode = self.store.setting("webhooks", {"hold": False, "duplicates": 0, "shuffle": False})
        state = "held" if mode["hold"] else "due"
        for _ in range(1 + mode["duplicates"] if times is None else times):
            place = random.randrange(1 << 40) if mode["shuffle"] else 0  # noqa: S311
            self.store.run(
                "INSERT INTO deliveries (event, state, place) VALUES (?, ?, ?)",
                event_id, state, place,
            )  # fmt: skip

    def journal(self, kind: str, body: Json, intent: Json, amount: int) -> None:
        """One line for each effect on somebody's money: hold, capture, release, expiry, refund."""
        self.store.run(
            "INSERT INTO effects (at, kind, object_id, payment_intent, amount, currency, metadata)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            self.now(), kind, body["id"], intent["id"], amount, intent["currency"],
            json.dumps({**intent["metadata"], **body["metadata"]}),
        )  # fmt: skip
