"""A household books, a worker accepts, the visit happens, the client pays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from bookings import operations, queries
from bookings.types import BookingCard, PaidBy, QuoteCard, Weekly, Window
from coop.home.management.story.cast import Cast
from coop.home.management.story.stage import Stage
from coop.hours import queries as hours
from payments.charges import operations as charges
from payments.charges import queries as charged
from payments.charges.types import How

EVERY_DAY = tuple(Window(weekday, time(6), time(20)) for weekday in range(7))


def open_calendars(cast: Cast) -> None:
    """Every worker says when she can work."""
    for name in cast.place.workers:
        ref = cast.ref(name)
        assert ref.worker_id is not None
        operations.set_availability(
            by=ref, at=cast.founded_at, worker_id=ref.worker_id, week=EVERY_DAY
        )


def keep_card(stage: Stage, cast: Cast, household: str, at: datetime) -> None:
    """A household keeps a card with the provider."""
    ref = cast.ref(household)
    assert ref.household_id is not None
    charges.save_card(by=ref, at=at, household_id=ref.household_id, method="pm_card_visa")
    stage.carry_out(at)
    kept = charged.cards(ref, ref.household_id)
    stage.tell("A card is kept", household=household, card=[f"{c.brand} {c.last4}" for c in kept])


def price(
    stage: Stage, cast: Cast, household: str, *, day: date, hours: tuple[int, int], at: datetime
) -> QuoteCard:
    """Ask for a price and tell every line of it."""
    ref = cast.ref(household)
    assert ref.household_id is not None
    quote = operations.make_quote(
        by=ref, at=at, household_id=ref.household_id, address_id=cast.addresses[household],
        service="cleaning", during=cast.during(day, *hours), paid_by=PaidBy.CARD,
    )  # fmt: skip
    stage.tell(
        "A quote, line by line", price=quote.price,
        lines=[f"{line.label}: {line.amount} ({line.rule})" for line in quote.lines],
        rules=quote.terms,
    )  # fmt: skip
    return quote


def book(stage: Stage, cast: Cast, household: str, quote: QuoteCard, at: datetime) -> UUID:
    """Book the quoted visit; the best workers are asked by app and SMS."""
    booking = operations.request_booking(
        by=cast.ref(household), at=at, quote_id=quote.id, wishes="Please ring twice.",
        request_id=uuid5(quote.id, "booking"),
    )  # fmt: skip
    stage.carry_out(at)
    return booking


def tell_why(stage: Stage, cast: Cast, offer: UUID) -> None:
    """Everybody who was judged, and why she was asked."""
    why = queries.why_her(by=cast.ref("coordinator"), offer_id=offer)
    stage.tell(
        "Why her? Everybody who was judged", weights=why.weights,
        candidates=[
            f"{c.label}: {c.total} ({', '.join(f'{s.name} {s.score}' for s in c.scores)})"
            if c.rank
            else f"{c.label}: not asked ({', '.join(str(x.why) for x in c.checks if not x.passed)})"
            for c in why.candidates
        ],
    )  # fmt: skip


def take(stage: Stage, cast: Cast, booking: UUID, at: datetime, *, why: bool = False) -> str:
    """The first worker with an open offer accepts; her name."""
    for name in cast.place.workers:
        mine = [o for o in queries.offers(by=cast.ref(name), at=at) if o.booking_id == booking]
        if mine:
            if why:
                tell_why(stage, cast, mine[0].id)
            operations.accept(by=cast.ref(name), at=at, offer_id=mine[0].id)
            stage.carry_out(at)
            seen = queries.booking_by_id(cooperative_id=cast.id, booking_id=booking)
            stage.tell("A worker accepts", worker=name, pay=mine[0].pay, booking=seen.state)
            return name
    raise AssertionError("Nobody has an open offer for the booking.")


def work(stage: Stage, cast: Cast, household: str, booking: UUID) -> None:
    """She arrives, works and leaves; the household confirms; hours and money follow."""
    seen = _seen(cast, household, booking)
    worker = cast.ref(seen.worker_name)
    start, end = seen.during.start, seen.during.end
    stage.carry_out(start)
    there = queries.address_for_worker(by=worker, booking_id=booking, at=start)
    operations.check_in(by=worker, at=start, booking_id=booking, client_code=seen.client_code)
    operations.check_out(by=worker, at=end, booking_id=booking)
    operations.confirm_visit(by=cast.ref(household), at=end, booking_id=booking)
    stage.carry_out(end)
    done = queries.visit(by=worker, booking_id=booking)
    written = [h for h in hours.hours_of(cooperative_id=cast.id) if h.source[1] == done.id]
    paid = charged.charges_of_booking(cooperative_id=cast.id, booking_id=booking)
    stage.tell(
        "The visit happens", worker=seen.worker_name, address_shown=bool(there.lines),
        hours=[f"{h.kind}: {h.paid_seconds // 60} min at {h.rate}" for h in written],
        charge=[f"{c.state}: {c.captured} of {c.amount}" for c in paid],
    )  # fmt: skip


def series(stage: Stage, cast: Cast, household: str, *, first_on: date, at: datetime) -> None:
    """Weekly visits on one day, paid by bank transfer against receipts."""
    ref = cast.ref(household)
    assert ref.household_id is not None
    result = operations.request_series(
        by=ref, at=at, request_id=uuid5(cast.id, f"series {household} {first_on}"),
        household_id=ref.household_id, address_id=cast.addresses[household], service="cleaning",
        weekly=Weekly(first_on, time(8), time(16), cast.place.zone, count=cast.place.weeks),
        paid_by=PaidBy.MANUAL,
    )  # fmt: skip
    stage.carry_out(at)
    stage.tell(
        "A weekly series is booked", dates=[str(day) for day in result.dates],
        conflicts=[f"{c.on}: {c.reason}" for c in result.conflicts],
    )  # fmt: skip
    for booking in result.booking_ids:
        take(stage, cast, booking, at + timedelta(minutes=5))
    for booking in result.booking_ids:
        work(stage, cast, household, booking)
        receipt(stage, cast, booking)


def receipt(stage: Stage, cast: Cast, booking: UUID) -> None:
    """The treasurer finds the transfer in the bank and writes its receipt."""
    [charge] = charged.charges_of_booking(cooperative_id=cast.id, booking_id=booking)
    end = _seen(cast, "coordinator", booking).during.end
    number = charges.record_receipt(
        by=cast.ref("treasurer"), at=end + timedelta(days=1), charge_id=charge.id,
        amount=charge.amount, how=How.BANK, received_on=end.date(),
        reference=f"EFT {number_of(end)}",
    )  # fmt: skip
    stage.tell("A transfer arrives", receipt=number, amount=charge.amount)


def number_of(moment: datetime) -> str:
    """The reference a bank would give a transfer of that day."""
    return moment.strftime("%y%m%d")


def _seen(cast: Cast, who: str, booking: UUID) -> BookingCard:
    return queries.booking(by=cast.ref(who), booking_id=booking)
