"""Payment intents: requires_payment_method → requires_confirmation → (requires_action) →
requires_capture → succeeded, or canceled. A hold lasts seven days of sandbox time."""

from __future__ import annotations

from payments.sandbox import cards, settlement
from payments.sandbox.errors import Json, invalid
from payments.sandbox.world import World, random_text

HOLD_SECONDS = 7 * 24 * 3600
_LARGEST = 99_999_999
_OPEN = ("requires_payment_method", "requires_confirmation", "requires_action", "requires_capture")


def create(world: World, params: Json) -> Json:
    _check_new(params)
    customer = params.get("customer")
    if customer is not None:
        world.find("customer", customer, param="customer")
    name = params.get("payment_method")
    method = cards.method_for(world, name) if name else None
    if method is not None:
        cards.check_owner(method, customer)
    confirming = params.get("confirm", False)
    if confirming and method is None:
        raise _no_method()
    intent = world.new(
        "payment_intent",
        amount=params["amount"],
        amount_capturable=0,
        amount_received=0,
        currency=params["currency"],
        capture_method=params.get("capture_method", "automatic_async"),
        confirmation_method=params.get("confirmation_method", "automatic"),
        customer=customer,
        payment_method=method["id"] if method else None,
        payment_method_types=["card"],
        status="requires_confirmation" if method else "requires_payment_method",
        description=params.get("description"),
        metadata=params.get("metadata") or {},
        statement_descriptor_suffix=params.get("statement_descriptor_suffix"),
        setup_future_usage=params.get("setup_future_usage"),
        transfer_group=params.get("transfer_group"),
        receipt_email=params.get("receipt_email"),
        latest_charge=None,
        last_payment_error=None,
        next_action=None,
        canceled_at=None,
        cancellation_reason=None,
    )
    intent["client_secret"] = f"{intent['id']}_secret_{random_text(24)}"
    world.save(intent)
    world.emit("payment_intent.created", intent)
    return _confirm(world, intent, params) if confirming else intent


def _check_new(params: Json) -> None:
    amount = params["amount"]
    if amount < 1:
        raise invalid(
            "This value must be greater than or equal to 1.",
            code="parameter_invalid_integer",
            param="amount",
        )
    if amount > _LARGEST:
        raise invalid(
            f"Amount must be no more than {_LARGEST}.", code="amount_too_large", param="amount"
        )
    currency = params["currency"]
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise invalid(f"Invalid currency: {currency}.", param="currency")
    params["currency"] = currency.lower()
    if params.get("capture_method", "manual") not in ("automatic", "automatic_async", "manual"):
        raise invalid("Invalid capture_method.", param="capture_method")
    for key in ("confirm", "off_session"):
        if params.get(key) in ("true", "false"):
            params[key] = params[key] == "true"
    if params.get("off_session") and not params.get("confirm"):
        raise invalid("off_session needs confirm=true.", param="off_session")


def confirm(world: World, params: Json, intent_id: str) -> Json:
    intent = _find(world, intent_id)
    if intent["status"] not in _OPEN[:2]:
        raise _unexpected(intent, "confirm")
    if params.get("payment_method"):
        method = cards.method_for(world, params["payment_method"])
        cards.check_owner(method, intent["customer"])
        intent["payment_method"] = method["id"]
    if intent["payment_method"] is None:
        raise _no_method()
    return _confirm(world, intent, params)


def _confirm(world: World, intent: Json, params: Json) -> Json:
    method = world.find("payment_method", intent["payment_method"], param="payment_method")
    card = cards.card_of(method)
    if card.decline_charge is not None:
        return fail(world, intent, method, card.decline_charge)
    if card.authenticate:
        if params.get("off_session") in (True, "true"):
            how = ("authentication_required", "authentication_required")
            return fail(world, intent, method, how)
        intent.update(
            status="requires_action",
            next_action={"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "sandbox_3ds"}},
        )
        world.save(intent)
        world.emit("payment_intent.requires_action", intent)
        return intent
    return authorise(world, intent)


def authorise(world: World, intent: Json) -> Json:
    """The bank says yes: hold the amount, or take it at once."""
    method = world.find("payment_method", intent["payment_method"], param="payment_method")
    charge = settlement.new_charge(world, intent, method)
    intent.update(latest_charge=charge["id"], last_payment_error=None, next_action=None)
    if intent["capture_method"] == "manual":
        intent.update(status="requires_capture", amount_capturable=intent["amount"])
        world.save(intent)
        world.journal("hold", charge, intent, intent["amount"])
        world.emit("payment_intent.amount_capturable_updated", intent)
        return intent
    return settlement.collect(world, intent, charge, intent["amount"])


def fail(world: World, intent: Json, method: Json, how: tuple[str, str]) -> Json:
    error = cards.declined(how, payment_method=cards.shown(method))
    charge = settlement.new_charge(world, intent, method, failed=how)
    error.error["charge"] = charge["id"]
    intent.update(
        status="requires_payment_method",
        payment_method=None,
        next_action=None,
        latest_charge=charge["id"],
        last_payment_error=dict(error.error),
    )
    world.save(intent)
    world.emit("payment_intent.payment_failed", intent)
    error.error["payment_intent"] = intent
    raise error


def capture(world: World, params: Json, intent_id: str) -> Json:
    intent = _find(world, intent_id)
    if intent["status"] != "requires_capture":
        raise _unexpected(intent, "capture")
    capturable: int = intent["amount_capturable"]
    amount: int = params.get("amount_to_capture", capturable)
    if amount < 1:
        raise invalid("Invalid positive integer", param="amount_to_capture")
    if amount > capturable:
        raise invalid(
            f"The amount to capture ({amount}) is greater than the capturable amount"
            f" ({capturable}).",
            code="amount_too_large",
            param="amount_to_capture",
        )
    intent["metadata"] = {**intent["metadata"], **(params.get("metadata") or {})}
    charge = world.find("charge", intent["latest_charge"], param="latest_charge")
    return settlement.collect(world, intent, charge, amount)


def cancel(world: World, params: Json, intent_id: str) -> Json:
    intent = _find(world, intent_id)
    if intent["status"] not in _OPEN:
        raise _unexpected(intent, "cancel")
    return _release(world, intent, params.get("cancellation_reason"), kind="release")


def expire_holds(world: World) -> None:
    """Holds older than seven days fall back to the card's owner, and an event says so."""
    latest = world.now() - HOLD_SECONDS
    rows = world.store.run(
        "SELECT id FROM objects WHERE kind = 'payment_intent' AND created <= ?"
        " AND json_extract(body, '$.status') = 'requires_capture'",
        latest,
    )
    for row in rows:
        intent = _find(world, row["id"])
        charge = world.find("charge", intent["latest_charge"], param="latest_charge")
        if charge["created"] <= latest:
            _release(world, intent, "automatic", kind="expire")


def _release(world: World, intent: Json, reason: str | None, *, kind: str) -> Json:
    held = intent["amount_capturable"]
    intent.update(
        status="canceled",
        amount_capturable=0,
        canceled_at=world.now(),
        cancellation_reason=reason,
        next_action=None,
    )
    world.save(intent)
    if held:
        charge = world.find("charge", intent["latest_charge"], param="latest_charge")
        charge.update(refunded=True, amount_refunded=held)
        world.save(charge)
        world.journal(kind, charge, intent, held)
        if kind == "expire":
            world.emit("charge.expired", charge)
    world.emit("payment_intent.canceled", intent)
    return intent


def _find(world: World, intent_id: str) -> Json:
    return world.find("payment_intent", intent_id, param="intent", status=404)


def _no_method() -> Exception:
    return invalid(
        "You cannot confirm this PaymentIntent because it's missing a payment method.",
        code="payment_intent_unexpected_state",
        param="payment_method",
    )


def _unexpected(intent: Json, verb: str) -> Exception:
    error = invalid(
        f"This PaymentIntent could not be {verb}ed because it has a status of {intent['status']}.",
        code="payment_intent_unexpected_state",
    )
    error.error["payment_intent"] = intent
    return error
