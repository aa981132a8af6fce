"""What charges do when something happens to a booking, and when its money is secured."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from bookings import operations as bookings
from bookings import queries as booked
from bookings.events import (
    BookingCancelled,
    BookingExpired,
    BookingRequested,
    OfferAccepted,
    VisitCompleted,
    VisitSettled,
)
from bookings.types import PaidBy, QuoteCard
from coop.events import react_to
from coop.kernel import Money, NotFound, RuleBroken
from coop.members import queries as members
from coop.outbox import operations as outbox
from coop.outbox.registry import effect
from payments.charges import operations, queries
from payments.charges.events import ChargeSecured
from payments.charges.types import ChargeState, NewLine, Rail


def _lines(quote: QuoteCard) -> list[NewLine]:
    return [NewLine(line.code, line.label, line.amount) for line in quote.lines if line.amount]


@react_to(BookingRequested)
def open_its_charge(event: BookingRequested) -> None:
    """A booking has one charge: its quote's lines. A card is asked to hold it at once."""
    by = members.system_ref(event.cooperative_id)
    quote = booked.quote_by_id(cooperative_id=event.cooperative_id, quote_id=event.quote_id)
    by_card = quote.paid_by == PaidBy.CARD
    card = (
        queries.active_card(cooperative_id=event.cooperative_id, household_id=event.household_id)
        if by_card
        else None
    )
    charge = operations.open_charge(
        by=by, at=event.at, booking_id=event.booking_id, household_id=event.household_id,
        amount=quote.price, lines=_lines(quote), rail=Rail.CARD if by_card else Rail.MANUAL,
        quote_id=quote.id, saved_card_id=card,
    )  # fmt: skip
    if card is not None:
        operations.hold(by=by, at=event.at, charge_id=charge)


@react_to(OfferAccepted)
def confirm_when_secured(event: OfferAccepted) -> None:
    """She took the visit: it stands at once when the money is held or comes by hand."""
    parts = queries.charges_of_booking(
        cooperative_id=event.cooperative_id, booking_id=event.booking_id
    )
    if any(part.rail == Rail.MANUAL or part.state == ChargeState.HELD for part in parts):
        by = members.system_ref(event.cooperative_id)
        bookings.confirm(by=by, at=event.at, booking_id=event.booking_id)


@react_to(ChargeSecured)
def confirm_when_taken(event: ChargeSecured) -> None:
    """The money is there: promise to confirm, in a transaction that locks the booking first.

    Confirming here would lock the charge before the booking, and accepting locks them the other
    way round.
    """
    outbox.promise(
        key=f"confirm:{event.charge_id}:{event.at.isoformat()}", effect="charges.confirm_booking",
        payload={"cooperative": str(event.cooperative_id), "booking": str(event.booking_id)},
        due_at=event.at, at=event.at, cooperative_id=event.cooperative_id,
    )  # fmt: skip


@effect("charges.confirm_booking")
def confirm_booking(payload: dict[str, Any], *, at: datetime) -> None:
    """A visit somebody has taken stands from now on; untaken, its acceptance will confirm it."""
    by = members.system_ref(UUID(payload["cooperative"]))
    try:
        bookings.confirm(by=by, at=at, booking_id=UUID(payload["booking"]))
    except NotFound:
        return  # a charge may stand for something else than a visit
    except RuleBroken as refused:
        if refused.code != "booking_moved":
            raise


@react_to(VisitCompleted)
def collect_the_visit(event: VisitCompleted) -> None:
    """What the visit costs, by the quote that prices its real time."""
    _collect_quote(event.cooperative_id, event.booking_id, event.quote_id, event.at)


@react_to(VisitSettled)
def collect_the_settlement(event: VisitSettled) -> None:
    """What the settled time costs in full; the undisputed part was collected before."""
    _collect_quote(event.cooperative_id, event.booking_id, event.quote_id, event.at)


def _collect_quote(cooperative_id: UUID, booking_id: UUID, quote_id: UUID, at: datetime) -> None:
    quote = booked.quote_by_id(cooperative_id=cooperative_id, quote_id=quote_id)
    operations.collect_price(
        by=members.system_ref(cooperative_id), at=at, booking_id=booking_id, price=quote.price,
        lines=_lines(quote),
    )  # fmt: skip


@react_to(BookingCancelled)
def collect_the_fee(event: BookingCancelled) -> None:
    """Late cancellation takes its fee from what is held; the rest falls back."""
    _collect_sum(event.cooperative_id, event.booking_id, event.fee, event.at)


@react_to(BookingExpired)
def let_go(event: BookingExpired) -> None:
    """Nobody was free: nothing is owed."""
    by = members.system_ref(event.cooperative_id)
    _collect_sum(event.cooperative_id, event.booking_id, Money.zero(by.currency), event.at)


def _collect_sum(cooperative_id: UUID, booking_id: UUID, price: Money, at: datetime) -> None:
    operations.collect_price(
        by=members.system_ref(cooperative_id), at=at, booking_id=booking_id, price=price
    )
