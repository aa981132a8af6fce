"""The test cards, by Stripe's own names, and the payment methods made from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from payments.sandbox.errors import ApiError, Json, invalid
from payments.sandbox.world import World


@dataclass(frozen=True)
class Card:
    """How a test card behaves: when it is saved, and when it is charged."""

    brand: str
    last4: str
    decline_setup: tuple[str, str] | None = None  # (code, decline_code)
    decline_charge: tuple[str, str] | None = None
    authenticate: bool = False


_GENERIC = ("card_declined", "generic_decline")
_FUNDS = ("card_declined", "insufficient_funds")
_EXPIRED = ("expired_card", "expired_card")
CARDS = {
    "pm_card_visa": Card("visa", "4242"),
    "pm_card_visa_debit": Card("visa", "5556"),
    "pm_card_mastercard": Card("mastercard", "4444"),
    "pm_card_chargeDeclined": Card("visa", "0002", _GENERIC, _GENERIC),
    "pm_card_chargeDeclinedInsufficientFunds": Card("visa", "9995", _FUNDS, _FUNDS),
    "pm_card_chargeDeclinedExpiredCard": Card("visa", "0069", _EXPIRED, _EXPIRED),
    "pm_card_chargeCustomerFail": Card("visa", "0341", None, _GENERIC),
    "pm_card_authenticationRequired": Card("visa", "3184", authenticate=True),
}


def card_of(method: Json) -> Card:
    return CARDS[method["metadata"]["_sandbox_card"]]


def shown(method: Json) -> Json:
    """A payment method as it is answered: the sandbox's own note stays inside."""
    notes = {k: v for k, v in method["metadata"].items() if not k.startswith("_sandbox")}
    return {**method, "metadata": notes}


def method_for(world: World, name: str, *, param: str = "payment_method") -> Json:
    """The stored payment method of that id; a test card's name makes a new one."""
    if name not in CARDS:
        return world.find("payment_method", name, param=param)
    card = CARDS[name]
    method = world.new(
        "payment_method",
        type="card",
        customer=None,
        allow_redisplay="unspecified",
        billing_details={"address": None, "email": None, "name": None, "phone": None},
        card={
            "brand": card.brand, "display_brand": card.brand, "last4": card.last4,
            "exp_month": 12, "exp_year": 2034, "funding": "credit", "country": "US",
            "fingerprint": f"sandbox{card.last4}", "checks": {"cvc_check": "pass"},
        },
        metadata={"_sandbox_card": name},
    )  # fmt: skip
    return world.save(method)


def check_owner(method: Json, customer: str | None) -> None:
    owner = method["customer"]
    if owner is not None and owner != customer:
        raise invalid(
            "The provided PaymentMethod is attached to another customer; name that customer in"
            " the `customer` parameter.",
            param="payment_method",
        )


def declined(
    how: tuple[str, str], *, message: str | None = None, **more: Any
) -> ApiError:  # more: payment_intent= or setup_intent=
    code, decline_code = how
    said = message or {
        "generic_decline": "Your card was declined.",
        "insufficient_funds": "Your card has insufficient funds.",
        "expired_card": "Your card has expired.",
    }.get(decline_code, "Your card was declined.")
    return ApiError(402, "card_error", said, code=code, decline_code=decline_code, **more)


def create(world: World, params: Json) -> Json:
    """Only `type=card` with a test token (`card[token]=tok_visa`); real numbers are refused."""
    if params.get("type") != "card":
        raise invalid("The sandbox knows cards only.", param="type")
    token = (params.get("card") or {}).get("token")
    name = f"pm_card_{token[4:]}" if isinstance(token, str) and token.startswith("tok_") else ""
    if name not in CARDS:
        raise invalid("Use a test token such as tok_visa, never a number.", param="card")
    return shown(method_for(world, name))


def attach_to(world: World, method: Json, customer: str) -> Json:
    if method["customer"] != customer:
        method["customer"] = customer
        world.save(method)
        world.emit("payment_method.attached", shown(method))
    return method


def attach(world: World, params: Json, method_id: str) -> Json:
    customer = params.get("customer")
    if not customer:
        raise invalid("Missing required param: customer.", code="parameter_missing")
    world.find("customer", customer, param="customer")
    method = method_for(world, method_id)
    check_owner(method, customer)
    how = card_of(method).decline_setup
    if how is not None:
        raise declined(how)
    return shown(attach_to(world, method, customer))


def detach(world: World, params: Json, method_id: str) -> Json:
    method = world.find("payment_method", method_id, param="payment_method", status=404)
    if method["customer"] is None:
        raise invalid("The payment method you provided is not attached to a customer.")
    method["customer"] = None
    world.emit("payment_method.detached", shown(method))
    return shown(world.save(method))
