"""What happens to the money: charges, captures, refunds and the balance."""

from __future__ import annotations

from payments.sandbox import cards
from payments.sandbox.errors import Json, invalid
from payments.sandbox.world import World

#: The sandbox's own card cost: 2.9 % rounded half up, plus 30 minor units.
FEE_PER_MILLE, FEE_FIXED = 29, 30
SETTLE_SECONDS = 2 * 24 * 3600


def fee_for(amount: int) -> int:
    return min(amount, (amount * FEE_PER_MILLE + 500) // 1000 + FEE_FIXED)


def new_charge(
    world: World, intent: Json, method: Json, *, failed: tuple[str, str] | None = None
) -> Json:
    charge = world.new(
        "charge",
        amount=intent["amount"],
        amount_captured=0,
        amount_refunded=0,
        balance_transaction=None,
        captured=False,
        currency=intent["currency"],
        customer=intent["customer"],
        failure_code=failed[0] if failed else None,
        paid=failed is None,
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details={"type": "card", "card": dict(method["card"])},
        refunded=False,
        status="failed" if failed else "succeeded",
        metadata=dict(intent["metadata"]),
    )
    world.save(charge)
    world.emit("charge.failed" if failed else "charge.succeeded", charge)
    return charge


def collect(world: World, intent: Json, charge: Json, amount: int) -> Json:
    """Take `amount` of the hold; what is left of it goes back to the card's owner."""
    balance = _balance(world, charge, "charge", amount, fee_for(amount))
    charge.update(captured=True, amount_captured=amount, balance_transaction=balance["id"])
    world.save(charge)
    rest = intent["amount"] - amount
    intent.update(status="succeeded", amount_capturable=0, amount_received=amount, next_action=None)
    world.save(intent)
    world.journal("capture", charge, intent, amount)
    if rest:
        world.journal("release", charge, intent, rest)
    world.emit("charge.captured", charge)
    world.emit("payment_intent.succeeded", intent)
    return intent


def refund(world: World, params: Json) -> Json:
    if bool(params.get("payment_intent")) == bool(params.get("charge")):
        raise invalid("Name exactly one of `payment_intent` and `charge`.", param="charge")
    if params.get("payment_intent"):
        intent = world.find("payment_intent", params["payment_intent"], param="payment_intent")
        if intent["latest_charge"] is None:
            raise invalid("This PaymentIntent does not have a successful charge to refund.")
        charge = world.find("charge", intent["latest_charge"], param="charge")
    else:
        charge = world.find("charge", params["charge"], param="charge")
        intent = world.find("payment_intent", charge["payment_intent"], param="charge")
    amount = _refundable(charge, params)
    made = world.new(
        "refund",
        amount=amount,
        charge=charge["id"],
        currency=charge["currency"],
        payment_intent=intent["id"],
        reason=params.get("reason"),
        status="succeeded",
        metadata=params.get("metadata") or {},
    )
    made["balance_transaction"] = _balance(world, made, "refund", -amount, 0)["id"]
    world.save(made)
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    world.save(charge)
    world.journal("refund", made, intent, amount)
    world.emit("refund.created", made)
    world.emit("charge.refunded", charge)
    return made


def _refundable(charge: Json, params: Json) -> int:
    if not charge["captured"]:
        raise invalid("This charge has not been captured; cancel its PaymentIntent instead.")
    left: int = charge["amount_captured"] - charge["amount_refunded"]
    if left == 0:
        raise invalid(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    amount: int = params.get("amount", left)
    if amount < 1:
        raise invalid("Invalid positive integer", param="amount")
    if amount > left:
        raise invalid(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left}).",
            param="amount",
        )
    return amount


def _balance(world: World, source: Json, kind: str, amount: int, fee: int) -> Json:
    line = world.new(
        "balance_transaction",
        amount=amount,
        available_on=world.now() + SETTLE_SECONDS,
        currency=source["currency"],
        fee=fee,
        fee_details=[{"amount": fee, "currency": source["currency"], "type": "stripe_fee"}],
        net=amount - fee,
        source=source["id"],
        type=kind,
        reporting_category=kind,
    )
    return world.save(line)


def shown(world: World, body: Json) -> Json:
    """An object as it is answered now; a balance line becomes available as time passes."""
    if body["object"] == "balance_transaction":
        available = body["available_on"] <= world.now()
        return {**body, "status": "available" if available else "pending"}
    if body["object"] == "payment_method":
        return cards.shown(body)
    return body
