"""What a bill is called and how it stands, in words a household uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from bookings import queries as booked
from bookings.types import VisitName
from coop.members.types import MemberRef
from payments.charges.types import ChargeCard, ChargeState, Rail

#: Why a card did not work, in the provider's English and ours, so that each can be translated.
REASONS = (
    _n("Your card was declined."),
    _n("Your card has insufficient funds."),
    _n("Your card has expired."),
    _n("Your bank wants to ask you first; use another card."),
    _n("The bank let the hold go after seven days."),
    _n("The hold is gone."),
    _n("There is no card to charge any more."),
    _n("The payment provider does not answer."),
)


@dataclass(frozen=True, slots=True)
class Bill:
    """A charge with the visit it is for; `label` is empty where the state's own word will do."""

    card: ChargeCard
    visit: VisitName | None
    kind: str
    label: str
    failure: str
    asked_later: bool


def bills(ref: MemberRef, cards: list[ChargeCard], at: datetime) -> list[Bill]:
    """Their bills, the latest visit first."""
    names = booked.visit_names(
        cooperative_id=ref.cooperative_id, ids={card.booking_id for card in cards}
    )
    listed = [_bill(card, names.get(card.booking_id), at) for card in cards]
    return sorted(listed, key=_when, reverse=True)


def _when(bill: Bill) -> datetime:
    """A bill lies at the time of its visit."""
    return bill.visit.during.start if bill.visit else bill.card.opened_at


def _bill(card: ChargeCard, visit: VisitName | None, at: datetime) -> Bill:
    kind, label = _stage(card, at)
    return Bill(card, visit, kind, label, reason(card.failure), card.arranged(at))


def _stage(card: ChargeCard, at: datetime) -> tuple[str, str]:
    """A draft waits for something; which, is what matters."""
    if card.state != ChargeState.DRAFT:
        return "", ""
    if card.rail == Rail.MANUAL:
        return ("look", _("To pay")) if card.outstanding.minor else ("quiet", _("After the visit"))
    if card.arranged(at):
        return "good", _("Card ready")
    return ("quiet", _("Asking the bank")) if card.card_stands else ("look", _("Needs a card"))


def reason(failure: str) -> str:
    """Why a card did not work, in the reader's language where it is known."""
    return _(failure) if failure in REASONS else failure
