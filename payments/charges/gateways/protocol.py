"""What we ask of whoever moves card money, in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from coop.kernel import Money


class PaymentState(StrEnum):
    """How far a payment is, in the order it moves."""

    OPEN = "open"  # created, nothing held: refused, or waiting for a card
    ASKS = "asks"  # the bank wants to ask the card's owner
    HELD = "held"
    CAPTURED = "captured"
    GONE = "gone"  # cancelled by us or fallen back by age


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as the provider has it now. `intent_id` and `charge_id` are ours, kept by them."""

    ref: str
    state: PaymentState
    held: Money
    captured: Money
    refunded: Money
    fee: Money | None
    paid_out: bool
    expired: bool
    refusal: str
    intent_id: UUID | None
    charge_id: UUID | None


@dataclass(frozen=True, slots=True)
class CardSaved:
    """`asks` when the bank wants to ask the owner before the card may be kept."""

    ref: str
    customer_ref: str
    method_ref: str
    brand: str
    last4: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Refunded:
    ref: str
    payment_ref: str
    amount: Money
    intent_id: UUID | None


@dataclass(frozen=True, slots=True)
class Moved:
    """One line of the provider's own journal. `ref` names the payment, or the refund."""

    kind: str  # hold | capture | refund
    ref: str
    payment_ref: str
    amount: Money
    charge_id: UUID | None
    intent_id: UUID | None


@dataclass(frozen=True, slots=True)
class WebhookHeard:
    """A verified message; only its identity is believed, the object is fetched again."""

    provider_id: str
    kind: str
    object_ref: str
    happened_at: datetime


class Refused(Exception):
    """A definite no with nothing done: a declined card, a wrong state."""

    def __init__(self, code: str, sentence: str, ref: str = "") -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.ref = code, sentence, ref


class Unsure(Exception):
    """The provider answered 500: it may or may not have happened, and the same key will say 500
    for ever. Only a look-up tells."""


class Unreachable(Exception):
    """No answer came; asking again with the same key is safe while the key is young."""


class WebhookForged(Exception):
    """Not from the provider, or stale, or from the future, or unreadable."""


class Gateway(Protocol):
    """One method per thing we ask. `key` is the stored intent's id.

    Raises Refused, Unsure or Unreachable.
    """

    def save_card(
        self, *, key: UUID, household_id: UUID, method: str, customer_ref: str
    ) -> CardSaved: ...

    def hold(
        self, *, key: UUID, charge_id: UUID, amount: Money, customer_ref: str, method_ref: str
    ) -> Payment: ...

    def capture(self, *, key: UUID, ref: str, amount: Money) -> Payment: ...

    def release(self, *, key: UUID, ref: str) -> Payment: ...

    def refund(self, *, key: UUID, ref: str, amount: Money) -> Refunded: ...

    def look_up_payment(self, *, ref: str) -> Payment: ...

    def look_up_hold(self, *, key: UUID, customer_ref: str, since: datetime) -> Payment | None: ...

    def look_up_refund(self, *, key: UUID, ref: str) -> Refunded | None: ...

    def look_up_card(self, *, key: UUID, since: datetime) -> CardSaved | None: ...

    def payment_of(self, *, object_ref: str) -> str | None: ...

    def journal(self, *, since: datetime | None) -> Iterator[Moved]: ...

    def look_up_move(self, *, kind: str, ref: str) -> Moved | None: ...

    def hear(self, *, body: bytes, signature: str, secret: str, at: datetime) -> WebhookHeard: ...
