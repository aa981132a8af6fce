"""What crosses the charges' door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from coop.kernel import Money


class Rail(StrEnum):
    """How a household pays: a card through the provider, or money that somebody receives."""

    CARD = "card"
    MANUAL = "manual"


class How(StrEnum):
    """The ways of the manual rail."""

    BANK = "bank"
    MOBILE_MONEY = "mobile_money"
    CASH = "cash"


#: Who bears a refund: the cooperative, or nobody when it is the household's own money.
COOPERATIVE, NOBODY = "cooperative", "nobody"


class ChargeState(StrEnum):
    DRAFT = "draft"
    HELD = "held"
    CAPTURED = "captured"
    SETTLED = "settled"
    FAILED = "failed"
    RELEASED = "released"
    REFUNDED = "refunded"


class CardState(StrEnum):
    """A card is usable only when `active`."""

    ASKED = "asked"
    ACTIVE = "active"
    REFUSED = "refused"
    REMOVED = "removed"


class IntentKind(StrEnum):
    SAVE_CARD = "save_card"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"
    REFUND = "refund"


class IntentState(StrEnum):
    """`unsure`: the provider answered 500 or the key grew old; only a look-up can tell."""

    STORED = "stored"
    UNSURE = "unsure"
    DONE = "done"
    FAILED = "failed"


class Heard(StrEnum):
    """What became of a webhook."""

    STORED = "stored"
    APPLIED = "applied"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class NewLine:
    """One public line of the price, as quoted."""

    code: str
    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class CardCard:
    """A saved card as its household sees it."""

    id: UUID
    household_id: UUID
    state: CardState
    brand: str
    last4: str
    refusal: str


@dataclass(frozen=True, slots=True)
class ReceiptCard:
    """Money received by hand, with its number in the cooperative's gapless row."""

    id: UUID
    number: int
    charge_id: UUID
    household_id: UUID
    amount: Money
    how: How
    reference: str
    received_on: date


@dataclass(frozen=True, slots=True)
class RefundCard:
    """Money given back, and who bears it; earned pay is never clawed back."""

    id: UUID
    amount: Money
    reason: str
    borne_by: str
    done: bool
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class ChargeCard:
    """A charge in a list."""

    id: UUID
    booking_id: UUID
    part: int
    household_id: UUID
    rail: Rail
    state: ChargeState
    amount: Money
    due: Money | None
    held: Money
    captured: Money
    refunded: Money
    owed_back: Money
    fee: Money
    failure: str
    opened_at: datetime
    hold_from: datetime | None
    card_stands: bool
    version: int

    @property
    def outstanding(self) -> Money:
        """What is owed and not yet received; nothing before the visit."""
        if self.due is None or self.state == ChargeState.RELEASED:
            return Money.zero(self.amount.currency)
        return max(self.due - self.captured, Money.zero(self.amount.currency))

    @property
    def secured(self) -> bool:
        """Whether work may be confirmed on it: money is held or taken, or it is paid by hand."""
        moneyed = (ChargeState.HELD, ChargeState.CAPTURED, ChargeState.SETTLED)
        return self.state in moneyed or (
            self.rail == Rail.MANUAL and self.state == ChargeState.DRAFT
        )

    def arranged(self, at: datetime) -> bool:
        """Whether a usable card stands for it and is only asked later, when the visit is near."""
        later = self.hold_from is not None and self.hold_from > at
        return self.card_stands and later and self.state == ChargeState.DRAFT


@dataclass(frozen=True, slots=True)
class ChargeDetail:
    """A charge with everything that may be read of it."""

    card: ChargeCard
    lines: tuple[NewLine, ...]
    receipts: tuple[ReceiptCard, ...]
    refunds: tuple[RefundCard, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect on money as our books have it, to compare with the provider's journal (I2)."""

    kind: str  # capture | refund
    ref: str
    amount: Money
    charge_id: UUID
