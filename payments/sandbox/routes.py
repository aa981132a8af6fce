"""Which path is which call, and which of the SDK's parameter types checks it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from payments.sandbox import cards, customers, intents, settlement
from payments.sandbox.errors import ApiError, Json
from payments.sandbox.reading import listing, retrieve
from payments.sandbox.world import World


@dataclass(frozen=True)
class Route:
    method: str
    path: re.Pattern[str]
    params: str
    handle: Callable[..., Json]

    def __call__(self, world: World, params: Json, object_id: str | None) -> Json:
        if object_id is None:
            return self.handle(world, params)
        return self.handle(world, params, object_id)


def _route(method: str, path: str, params: str, handle: Callable[..., Json]) -> Route:
    pattern = re.compile("/v1/" + path.replace("ID", r"(?P<id>[A-Za-z0-9_]+)"))
    return Route(method, pattern, params, handle)


def _readable(kind: str, plural: str, params: str) -> list[Route]:
    return [
        _route("GET", plural, f"{params}ListParams", listing(kind, f"/v1/{plural}")),
        _route("GET", f"{plural}/ID", f"{params}RetrieveParams", retrieve(kind)),
    ]


ROUTES = [
    _route("POST", "customers", "CustomerCreateParams", customers.create),
    _route("POST", "customers/ID", "CustomerUpdateParams", customers.update),
    _route("POST", "setup_intents", "SetupIntentCreateParams", customers.create_setup),
    _route("POST", "setup_intents/ID/confirm", "SetupIntentConfirmParams", customers.confirm_setup),
    _route("POST", "setup_intents/ID/cancel", "SetupIntentCancelParams", customers.cancel_setup),
    _route("POST", "payment_methods", "PaymentMethodCreateParams", cards.create),
    _route("POST", "payment_methods/ID/attach", "PaymentMethodAttachParams", cards.attach),
    _route("POST", "payment_methods/ID/detach", "PaymentMethodDetachParams", cards.detach),
    _route("POST", "payment_intents", "PaymentIntentCreateParams", intents.create),
    _route("POST", "payment_intents/ID/confirm", "PaymentIntentConfirmParams", intents.confirm),
    _route("POST", "payment_intents/ID/capture", "PaymentIntentCaptureParams", intents.capture),
    _route("POST", "payment_intents/ID/cancel", "PaymentIntentCancelParams", intents.cancel),
    _route("POST", "refunds", "RefundCreateParams", settlement.refund),
    *_readable("customer", "customers", "Customer"),
    *_readable("setup_intent", "setup_intents", "SetupIntent"),
    *_readable("payment_method", "payment_methods", "PaymentMethod"),
    *_readable("payment_intent", "payment_intents", "PaymentIntent"),
    *_readable("charge", "charges", "Charge"),
    *_readable("refund", "refunds", "Refund"),
    *_readable("balance_transaction", "balance_transactions", "BalanceTransaction"),
    *_readable("event", "events", "Event"),
]


def find(method: str, path: str) -> tuple[Route, str | None]:
    for route in ROUTES:
        if route.method == method and (match := route.path.fullmatch(path)):
            return route, match.groupdict().get("id")
    raise ApiError(
        404,
        "invalid_request_error",
        f"Unrecognized request URL ({method}: {path}). The sandbox knows only what Letsema uses.",
    )
