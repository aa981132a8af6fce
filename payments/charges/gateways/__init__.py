"""The outside of paying. `gateway()` is the one that is configured."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from payments.charges.gateways.protocol import (
    CardSaved,
    Gateway,
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

__all__ = [
    "CardSaved",
    "Gateway",
    "Moved",
    "Payment",
    "PaymentState",
    "Refunded",
    "Refused",
    "Unreachable",
    "Unsure",
    "WebhookForged",
    "WebhookHeard",
    "card_rail_is_open",
    "gateway",
    "in_sandbox",
]


def gateway() -> Gateway:
    """Stripe, or our sandbox of it when STRIPE_API_BASE says where it is."""
    return _stripe(settings.STRIPE_API_KEY, settings.STRIPE_API_BASE)


@cache
def _stripe(api_key: str, base: str) -> Gateway:
    from payments.charges.gateways.stripe import StripeGateway

    return StripeGateway(api_key, base)


def card_rail_is_open() -> bool:
    """Whether cards can be charged at all in this installation."""
    return bool(settings.STRIPE_API_KEY)


def in_sandbox() -> bool:
    """Whether cards are test cards of our own sandbox."""
    return bool(settings.STRIPE_API_BASE)
