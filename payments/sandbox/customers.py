"""Customers, and the setups that save a card for later."""

from __future__ import annotations

from payments.sandbox import cards
from payments.sandbox.errors import Json, invalid
from payments.sandbox.world import World, random_text

_FIELDS = ("name", "email", "phone", "description", "metadata")


def create(world: World, params: Json) -> Json:
    blank: Json = dict.fromkeys(("name", "email", "phone", "description"))
    customer = world.new("customer", **blank, delinquent=False, invoice_settings={})
    customer.update({key: params[key] for key in _FIELDS if key in params})
    world.save(customer)
    world.emit("customer.created", customer)
    return customer


def update(world: World, params: Json, customer_id: str) -> Json:
    customer = world.find("customer", customer_id, param="id", status=404)
    metadata = {**customer["metadata"], **(params.get("metadata") or {})}
    customer.update({key: params[key] for key in _FIELDS if key in params}, metadata=metadata)
    world.emit("customer.updated", customer)
    return world.save(customer)


def create_setup(world: World, params: Json) -> Json:
    customer = params.get("customer")
    if customer is not None:
        world.find("customer", customer, param="customer")
    name = params.get("payment_method")
    method = cards.method_for(world, name) if name else None
    if method is not None:
        cards.check_owner(method, customer)
    setup = world.new(
        "setup_intent",
        customer=customer,
        payment_method=method["id"] if method else None,
        payment_method_types=["card"],
        status="requires_confirmation" if method else "requires_payment_method",
        usage=params.get("usage", "off_session"),
        description=params.get("description"),
        metadata=params.get("metadata") or {},
        next_action=None,
        last_setup_error=None,
        cancellation_reason=None,
    )
    setup["client_secret"] = f"{setup['id']}_secret_{random_text(25)}"
    world.save(setup)
    world.emit("setup_intent.created", setup)
    return _confirm(world, setup) if params.get("confirm") else setup


def confirm_setup(world: World, params: Json, setup_id: str) -> Json:
    setup = world.find("setup_intent", setup_id, param="intent", status=404)
    if setup["status"] not in ("requires_payment_method", "requires_confirmation"):
        raise _unexpected(setup, "confirm")
    if params.get("payment_method"):
        method = cards.method_for(world, params["payment_method"])
        cards.check_owner(method, setup["customer"])
        setup["payment_method"] = method["id"]
    return _confirm(world, setup)


def _confirm(world: World, setup: Json) -> Json:
    if setup["payment_method"] is None:
        raise invalid(
            "You cannot confirm this SetupIntent because it's missing a payment method.",
            code="setup_intent_unexpected_state",
        )
    method = world.find("payment_method", setup["payment_method"], param="payment_method")
    card = cards.card_of(method)
    if card.decline_setup is not None:
        return fail_setup(world, setup, card.decline_setup)
    if card.authenticate:
        setup.update(
            status="requires_action",
            next_action={"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "sandbox_3ds"}},
        )
        world.save(setup)
        world.emit("setup_intent.requires_action", setup)
        return setup
    return succeed_setup(world, setup)


def succeed_setup(world: World, setup: Json) -> Json:
    method = world.find("payment_method", setup["payment_method"], param="payment_method")
    if setup["customer"] is not None:
        cards.attach_to(world, method, setup["customer"])
    setup.update(status="succeeded", next_action=None, last_setup_error=None)
    world.save(setup)
    world.emit("setup_intent.succeeded", setup)
    return setup


def fail_setup(world: World, setup: Json, how: tuple[str, str]) -> Json:
    error = cards.declined(how)
    setup.update(
        status="requires_payment_method",
        payment_method=None,
        next_action=None,
        last_setup_error=dict(error.error),
    )
    world.save(setup)
    world.emit("setup_intent.setup_failed", setup)
    error.error["setup_intent"] = setup
    raise error


def cancel_setup(world: World, params: Json, setup_id: str) -> Json:
    setup = world.find("setup_intent", setup_id, param="intent", status=404)
    if setup["status"] in ("succeeded", "canceled"):
        raise _unexpected(setup, "cancel")
    setup.update(status="canceled", cancellation_reason=params.get("cancellation_reason"))
    world.emit("setup_intent.canceled", setup)
    return world.save(setup)


def _unexpected(setup: Json, verb: str) -> Exception:
    return invalid(
        f"You cannot {verb} this SetupIntent because it has a status of {setup['status']}.",
        code="setup_intent_unexpected_state",
    )
