"""Stripe behind our words: the only file that imports its SDK, apart from the sandbox."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import stripe

from coop.kernel import Money
from payments.charges.gateways.protocol import (
    CardSaved,
    Moved,
    Payment,
    PaymentState,
    Refunded,
    Refused,
    Unreachable,
    Unsure,
    WebhookForged,
    WebhookHeard,
)
from payments.charges.gateways.stripe_journal import journal, one, ours

TOLERANCE = timedelta(minutes=5)
_CLOCK_SKEW = timedelta(seconds=30)
_EXPAND = ["latest_charge.balance_transaction"]
_STATES = {
    "requires_payment_method": PaymentState.OPEN,
    "requires_confirmation": PaymentState.OPEN,
    "processing": PaymentState.OPEN,
    "requires_action": PaymentState.ASKS,
    "requires_capture": PaymentState.HELD,
    "succeeded": PaymentState.CAPTURED,
    "canceled": PaymentState.GONE,
}


class StripeGateway:
    """Calls carry our intent's id as the idempotency key; the SDK's own retries are off, because
    the outbox retries."""

    def __init__(self, api_key: str, base: str) -> None:
        options: dict[str, Any] = {"base_addresses": {"api": base}} if base else {}
        self._client = stripe.StripeClient(
            api_key,
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=10),
            **options,
        ).v1

    def save_card(
        self, *, key: UUID, household_id: UUID, method: str, customer_ref: str
    ) -> CardSaved:
        if not customer_ref:
            customer: Any = _call(
                lambda: self._client.customers.create(
                    {"metadata": {"household": str(household_id)}},
                    {"idempotency_key": f"{key}-customer"},
                )
            )
            customer_ref = customer.id
        setup = _call(
            lambda: self._client.setup_intents.create(
                {
                    "customer": customer_ref,
                    "payment_method": method,
                    "confirm": True,
                    "usage": "off_session",
                    "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
                    "metadata": {"intent": str(key)},
                    "expand": ["payment_method"],
                },
                {"idempotency_key": str(key)},
            )
        )
        return _card(setup)

    def hold(
        self, *, key: UUID, charge_id: UUID, amount: Money, customer_ref: str, method_ref: str
    ) -> Payment:
        return self._payment(
            lambda: self._client.payment_intents.create(
                {
                    "amount": amount.minor,
                    "currency": amount.currency.lower(),
                    "capture_method": "manual",
                    "customer": customer_ref,
                    "payment_method": method_ref,
                    "confirm": True,
                    "off_session": True,
                    "metadata": {"intent": str(key), "charge": str(charge_id)},
                    "expand": _EXPAND,
                },
                {"idempotency_key": str(key)},
            )
        )

    def capture(self, *, key: UUID, ref: str, amount: Money) -> Payment:
        return self._payment(
            lambda: self._client.payment_intents.capture(
                ref,
                {"amount_to_capture": amount.minor, "expand": _EXPAND},
                {"idempotency_key": str(key)},
            )
        )

    def release(self, *, key: UUID, ref: str) -> Payment:
        return self._payment(
            lambda: self._client.payment_intents.cancel(
                ref, {"expand": _EXPAND}, {"idempotency_key": str(key)}
            )
        )

    def refund(self, *, key: UUID, ref: str, amount: Money) -> Refunded:
        made = _call(
            lambda: self._client.refunds.create(
                {
                    "payment_intent": ref,
                    "amount": amount.minor,
                    "reason": "requested_by_customer",
                    "metadata": {"intent": str(key)},
                },
                {"idempotency_key": str(key)},
            )
        )
        return _refunded(made)

    def look_up_payment(self, *, ref: str) -> Payment:
        return self._payment(
            lambda: self._client.payment_intents.retrieve(ref, {"expand": _EXPAND})
        )

    def look_up_hold(self, *, key: UUID, customer_ref: str, since: datetime) -> Payment | None:
        wide = int((since - timedelta(minutes=10)).timestamp())
        found = _call(
            lambda: self._client.payment_intents.list(
                {"customer": customer_ref, "created": {"gte": wide}, "limit": 100}
            )
        )
        for row in found.auto_paging_iter():
            if ours(row, "intent") == key:
                return self.look_up_payment(ref=row.id)
        return None

    def look_up_refund(self, *, key: UUID, ref: str) -> Refunded | None:
        found = _call(lambda: self._client.refunds.list({"payment_intent": ref, "limit": 100}))
        rows = [row for row in found.auto_paging_iter() if ours(row, "intent") == key]
        return _refunded(rows[0]) if rows else None

    def look_up_card(self, *, key: UUID, since: datetime) -> CardSaved | None:
        wide = int((since - timedelta(minutes=10)).timestamp())
        found = _call(
            lambda: self._client.setup_intents.list(
                {"created": {"gte": wide}, "limit": 100, "expand": ["data.payment_method"]}
            )
        )
        for row in found.auto_paging_iter():
            if ours(row, "intent") == key and row.payment_method is not None:
                return _card(row)
        return None

    def payment_of(self, *, object_ref: str) -> str | None:
        """The payment an event's object belongs to; None for objects we do not follow."""
        if object_ref.startswith("pi_"):
            return object_ref
        if object_ref.startswith("ch_"):
            return _text(_call(lambda: self._client.charges.retrieve(object_ref)).payment_intent)
        if object_ref.startswith("re_"):
            return _text(_call(lambda: self._client.refunds.retrieve(object_ref)).payment_intent)
        return None

    def journal(self, *, since: datetime | None) -> Iterator[Moved]:
        lines = journal(self._client, since)
        while (line := _call(lambda: next(lines, None))) is not None:
            yield line

    def look_up_move(self, *, kind: str, ref: str) -> Moved | None:
        found: Moved | None = _call(lambda: one(self._client, kind, ref))
        return found

    def hear(self, *, body: bytes, signature: str, secret: str, at: datetime) -> WebhookHeard:
        """Any failure at all is a forgery: the library raises TypeError on a non-ASCII byte, and
        lets a time stamp from the future pass."""
        try:
            stripe.WebhookSignature.verify_header(body, signature, secret, None)
            stamp = int(dict(part.split("=", 1) for part in signature.split(","))["t"])
            signed_at = datetime.fromtimestamp(stamp, UTC)
            event = json.loads(body)
            heard = WebhookHeard(
                provider_id=_short(event["id"]),
                kind=_short(event["type"]),
                object_ref=_short(event["data"]["object"]["id"]),
                happened_at=datetime.fromtimestamp(int(event["created"]), UTC),
            )
        except Exception as error:
            raise WebhookForged(type(error).__name__) from error
        if signed_at < at - TOLERANCE or signed_at > at + _CLOCK_SKEW:
            raise WebhookForged("the signature is stale or from the future")
        return heard

    def _payment(self, ask: Callable[[], Any]) -> Payment:
        return _seen(_call(ask))


def _call(ask: Callable[[], Any]) -> Any:
    """Our three ways of failing in place of Stripe's many."""
    try:
        return ask()
    except stripe.RateLimitError as error:
        raise Unreachable(str(error)) from error
    except stripe.APIConnectionError as error:
        raise Unreachable(str(error)) from error
    except (stripe.CardError, stripe.InvalidRequestError, stripe.IdempotencyError) as error:
        if (error.http_status or 500) in (409, 429):
            raise Unreachable(str(error)) from error
        ref = _payment_named(error)
        raise Refused(error.code or "refused", error.user_message or "refused", ref) from error
    except stripe.AuthenticationError as error:
        raise Unreachable("The payment key is not accepted.") from error
    except stripe.StripeError as error:
        raise Unsure(str(error)) from error


def _payment_named(error: stripe.StripeError) -> str:
    body: Any = error.json_body or {}
    payment = body.get("error", {}).get("payment_intent") or {}
    return str(payment.get("id", ""))


def _seen(intent: Any) -> Payment:
    currency = intent.currency.upper()
    charge = intent.latest_charge
    full = charge is not None and not isinstance(charge, str)
    line = charge.balance_transaction if full else None
    error = intent.last_payment_error
    state = _STATES[intent.status]
    return Payment(
        ref=intent.id,
        state=state,
        held=Money(charge.amount if full and charge.paid else 0, currency),
        captured=Money(intent.amount_received or 0, currency),
        refunded=Money(
            charge.amount_refunded if full and state == PaymentState.CAPTURED else 0, currency
        ),
        fee=Money(line.fee, currency) if line is not None else None,
        paid_out=line is not None and line.status == "available",
        expired=intent.cancellation_reason == "automatic",
        refusal=error.message if error else "",
        intent_id=ours(intent, "intent"),
        charge_id=ours(intent, "charge"),
    )


def _card(setup: Any) -> CardSaved:
    method = setup.payment_method
    return CardSaved(
        ref=setup.id,
        customer_ref=_text(setup.customer) or "",
        method_ref=method.id,
        brand=method.card.brand,
        last4=method.card.last4,
        asks=setup.status == "requires_action",
    )


def _refunded(made: Any) -> Refunded:
    return Refunded(
        ref=made.id,
        payment_ref=_text(made.payment_intent) or "",
        amount=Money(made.amount, made.currency.upper()),
        intent_id=ours(made, "intent"),
    )


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else str(value.id)


def _short(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 80:
        raise ValueError("not a name")
    return value
