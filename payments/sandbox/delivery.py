"""Webhooks: every event at least once, signed by the SDK's own function, tried again until 2xx."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field

import stripe

from payments.sandbox.store import Store

ATTEMPTS = 40
_TIMEOUT_SECONDS = 10


@dataclass
class Postman:
    """One thread that carries events; it marks a delivery done only after the receiver's 2xx."""

    store: Store
    url: str
    secret: str
    _stop: threading.Event = field(default_factory=threading.Event)
    _wake: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        threading.Thread(target=self._run, name="postman", daemon=True).start()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()

    def poke(self) -> None:
        self._wake.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            if not self._deliver_one():
                self._wake.wait(timeout=0.25)
                self._wake.clear()

    def _deliver_one(self) -> bool:
        rows = self.store.run(
            "SELECT d.seq, d.attempts, o.body FROM deliveries d JOIN objects o ON o.id = d.event"
            " WHERE d.state = 'due' AND d.due <= ? ORDER BY d.place, d.seq LIMIT 1",
            int(time.time() * 1000),
        )
        if not rows:
            return False
        status = self._post(json.dumps(json.loads(rows[0]["body"]), indent=2))
        tried = rows[0]["attempts"] + 1
        done = 200 <= status < 300
        state = "done" if done else ("dead" if tried >= ATTEMPTS else "due")
        wait_ms = min(60_000, 250 * 2 ** min(tried, 10))
        self.store.run(
            "UPDATE deliveries SET state = ?, attempts = ?, due = ?, last_status = ? WHERE seq = ?",
            state, tried, int(time.time() * 1000) + wait_ms, status, rows[0]["seq"],
        )  # fmt: skip
        return True

    def _post(self, payload: str) -> int:
        """The receiver's status; 0 when nobody answered. Signed with the machine's own clock."""
        signature = stripe.WebhookSignature.generate_signature_header(payload, self.secret)
        request = urllib.request.Request(  # noqa: S310
            self.url,
            data=payload.encode(),
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "Stripe-Signature": signature,
                "User-Agent": "Letsema-sandbox/1.0",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0
