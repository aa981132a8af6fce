"""What charges do when something happens to a booking, and when its money is secured."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.utils import translation
from django.utils.translation import gettext_noop as _n

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
from coop.kernel import Money, NotFound, RuleBroken, written
from coop.members import queries as members
from coop.notices import operations as notices
from coop.notices.registry import template
from coop.outbox import operations as outbox
from coop.outbox.registry import effect
from payments.charges import operations, queries
from payments.charges.events import CardKept, CardRefused, ChargeFailed, ChargeSecured, TooMuchPaid
from payments.charges.rules.patience import hold_due_at
from payments.charges.types import ChargeState, NewLine, Rail

template(
    "charge_failed",
    subject=_n("Your card did not work"),
    text=_n(
        "Your bank said no for %(what)s. Nothing was taken. Choose another card, or tell us that"
        " you pay by bank, mobile money or cash."
    ),
    link="/money/charges/%(charge)s/",
)
template(
    "charge_failed_office",
    subject=_n("A card did not work"),
    text=_n(
        "The card for %(what)s was refused. The household was told. Ask it, or cancel in time."
    ),
    link="/money/charges/%(charge)s/",
)
template(
    "paid_too_much",
    subject=_n("You get money back"),
    text=_n("You paid %(amount)s more than %(what)s costs in the end. It goes back to you."),
    link="/money/charges/%(charge)s/",
)
template(
    "paid_too_much_office",
    subject=_n("Money to give back"),
    text=_n("%(amount)s was paid too much for %(what)s. Give it back and write it down."),
    link="/money/charges/%(charge)s/",
)
template(
    "card_refused",
    subject=_n("Your card was not saved"),
    text=_n(
        "Your bank does not let us keep this card. Try another one, or pay by bank, mobile money"
        " or cash."
    ),
    link="/money/charges/",
)


def _lines(quote: QuoteCard) -> list[NewLine]:
    return [NewLine(line.code, line.label, line.amount) for line in quote.lines if line.amount]


@react_to(BookingRequested)
def open_its_charge(event: BookingRequested) -> None:
    """A booking has one charge: its quote's lines. A kept card is asked when the visit is near."""
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
        hold_from=hold_due_at(
            starts_at=event.during.start, ends_at=event.during.end, at=event.at
        ),
    )  # fmt: skip
    if card is not None:
        operations.arrange_hold(by=by, at=event.at, charge_id=charge)


@react_to(CardKept)
def go_on_with_the_card(event: CardKept) -> None:
    """What waited for a card goes on by itself: asked now, or when its visit is near."""
    by = members.system_ref(event.cooperative_id)
    for waiting in queries.waiting_for_card(
        cooperative_id=event.cooperative_id, household_id=event.household_id
    ):
        if not waiting.arranged(event.at):
            operations.arrange_hold(
                by=by, at=event.at, charge_id=waiting.id, saved_card_id=event.card_id
            )


@react_to(OfferAccepted)
def confirm_when_secured(event: OfferAccepted) -> None:
    """She took the visit: it stands at once when the money is held, comes by hand, or a usable
    card will be asked when the visit is near."""
    parts = queries.charges_of_booking(
        cooperative_id=event.cooperative_id, booking_id=event.booking_id
    )
    if any(
        part.rail == Rail.MANUAL or part.state == ChargeState.HELD or part.arranged(event.at)
        for part in parts
    ):
        by = members.system_ref(event.cooperative_id)
        bookings.confirm(by=by, at=event.at, booking_id=event.booking_id)


@react_to(ChargeSecured)
def confirm_when_taken(event: ChargeSecured) -> None:
    """The money is sure: promise to confirm, in a transaction that locks the booking first.

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


@react_to(ChargeFailed)
def tell_that_a_card_failed(event: ChargeFailed) -> None:
    """The household can mend it and the coordinator can help or cancel, while there is time."""
    charge = str(event.charge_id)
    key = f"charge-failed:{charge}:{event.at.isoformat()}"
    for person in _household(event.cooperative_id, event.household_id):
        _tell(event, person, "charge_failed", key, charge)
    for holder in members.holders(
        cooperative_id=event.cooperative_id, office="coordinator", on=event.at.date()
    ):
        _tell(event, holder.id, "charge_failed_office", f"{key}:office", charge)


@react_to(TooMuchPaid)
def tell_that_money_goes_back(event: TooMuchPaid) -> None:
    """The household hears that it gets it, the treasurer that somebody has to give it."""
    charge, key = str(event.charge_id), f"paid-too-much:{event.charge_id}"
    for person in _household(event.cooperative_id, event.household_id):
        _tell(event, person, "paid_too_much", key, charge)
    for holder in members.holders(
        cooperative_id=event.cooperative_id, office="treasurer", on=event.at.date()
    ):
        _tell(event, holder.id, "paid_too_much_office", f"{key}:office", charge)


@react_to(CardRefused)
def tell_that_a_card_was_refused(event: CardRefused) -> None:
    for person in _household(event.cooperative_id, event.household_id):
        notices.notify(
            by=members.system_ref(event.cooperative_id), at=event.at, to=person,
            template="card_refused", context={}, key=f"card-refused:{event.card_id}:{person}",
        )  # fmt: skip


def _household(cooperative_id: UUID, household_id: UUID) -> tuple[UUID, ...]:
    found = members.households(cooperative_id=cooperative_id, ids=[household_id])
    return found[0].people if found else ()


def _tell(
    event: ChargeFailed | TooMuchPaid, person: UUID, name: str, key: str, charge: str
) -> None:
    by = members.system_ref(event.cooperative_id)
    language = members.people([person])[person].language
    notices.notify(
        by=by, at=event.at, to=person, template=name, key=f"{key}:{person}",
        context={
            "charge": charge, "what": _what(event, by.zone, language), "amount": event.amount,
        },
    )  # fmt: skip


def _what(event: ChargeFailed | TooMuchPaid, zone: str, language: str) -> str:
    """The visit, short enough for an SMS; a charge for something else is named by its amount."""
    try:
        with translation.override(language):
            card = booked.booking_by_id(
                cooperative_id=event.cooperative_id, booking_id=event.booking_id
            )
    except NotFound:
        with translation.override(language):
            return str(written(event.amount)).replace("\xa0", " ")
    local = card.during.start.astimezone(ZoneInfo(zone))
    when = format_datetime(local, "EEE d MMM HH:mm", locale=language.replace("-", "_"))
    return f"{card.service_name}, {when}"
