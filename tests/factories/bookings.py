"""Visits for tests, made through the real operations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import cast
from uuid import UUID, uuid4

from bookings import operations, queries
from bookings.types import BookingCard, OfferCard, PaidBy, QuoteCard, VisitCard
from coop.kernel import TimeRange
from coop.members.types import MemberRef
from coop.outbox import operations as outbox
from tests.factories.people import Town, another, found_town, make_household, make_worker


@dataclass
class ServiceTown:
    """A town with one household and some workers who can clean."""

    town: Town
    household: MemberRef
    address_id: UUID
    workers: list[MemberRef]

    @property
    def id(self) -> UUID:
        return self.town.id

    @property
    def at(self) -> datetime:
        return self.town.at

    @property
    def coordinator(self) -> MemberRef:
        return self.town.officer("coordinator")


def make_service_ready_town(country: str = "ZA", workers: int = 1) -> ServiceTown:
    """A cooperative where a household can book cleaning and workers are free Monday to Saturday."""
    made = another(("service", country, workers), country)
    if made is not None:
        return cast(ServiceTown, made)
    town = found_town(country)
    people = [make_worker(town, name=f"Worker {n}") for n in range(1, workers + 1)]
    household, address = make_household(town)
    return ServiceTown(town, household, address, people)


def wall(place: ServiceTown, on: date, starts: int, ends: int) -> TimeRange:
    """Whole hours of a day by the wall clock of the town."""
    return TimeRange.on_wall(on, time(starts), time(ends), place.household.zone)


def usual_day(place: ServiceTown) -> date:
    """The Wednesday of the week after the founding."""
    return place.at.date() + timedelta(days=9)


def price(
    place: ServiceTown,
    during: TimeRange,
    *,
    service: str = "cleaning",
    paid_by: PaidBy = PaidBy.MANUAL,
    at: datetime | None = None,
) -> QuoteCard:
    """What a visit would cost; nothing is booked."""
    assert place.household.household_id is not None
    return operations.make_quote(
        by=place.household, at=at or place.at, household_id=place.household.household_id,
        address_id=place.address_id, service=service, during=during, paid_by=paid_by,
    )  # fmt: skip


def request(
    place: ServiceTown,
    during: TimeRange | None = None,
    *,
    service: str = "cleaning",
    paid_by: PaidBy = PaidBy.MANUAL,
    at: datetime | None = None,
    beside: bool = True,
) -> UUID:
    """Quote and ask for a visit (nine to one, the usual day); nobody is asked yet.

    Unless told otherwise the household wants it beside whatever stands there.
    """
    during = during or wall(place, usual_day(place), 9, 13)
    at = at or place.at
    quote = price(place, during, service=service, paid_by=paid_by, at=at)
    return operations.request_booking(
        by=place.household, at=at, request_id=uuid4(), quote_id=quote.id, beside=beside
    )


def offer_to(place: ServiceTown, booking_id: UUID, worker: MemberRef, at: datetime) -> OfferCard:
    """Have the booking paired and return the worker's offer."""
    operations.offer_next(by=place.town.system, at=at, booking_id=booking_id)
    return next(o for o in queries.offers(by=worker, at=at) if o.booking_id == booking_id)


def accepted(
    place: ServiceTown, during: TimeRange | None = None, *, paid_by: PaidBy = PaidBy.MANUAL
) -> UUID:
    """A visit the first worker took; whether its money is secured is another app's."""
    booking_id = request(place, during, paid_by=paid_by)
    worker = place.workers[0]
    offer = offer_to(place, booking_id, worker, place.at)
    operations.accept(by=worker, at=place.at, offer_id=offer.id)
    return booking_id


def book(
    place: ServiceTown, during: TimeRange | None = None, *, paid_by: PaidBy = PaidBy.MANUAL
) -> BookingCard:
    """A confirmed visit of the first worker."""
    booking_id = accepted(place, during, paid_by=paid_by)
    operations.confirm(by=place.town.system, at=place.at, booking_id=booking_id)
    return queries.booking(by=place.household, booking_id=booking_id)


def begin(place: ServiceTown, card: BookingCard, at: datetime | None = None) -> None:
    """The worker comes and types the household's code."""
    operations.check_in(
        by=place.workers[0], at=at or card.during.start, booking_id=card.id,
        client_code=card.client_code,
    )  # fmt: skip


def complete_visit(
    place: ServiceTown, during: TimeRange | None = None, *, paid_by: PaidBy = PaidBy.MANUAL
) -> VisitCard:
    """Book, go, leave on time, and have the household agree."""
    card = book(place, during, paid_by=paid_by)
    begin(place, card)
    end = card.during.end
    operations.check_out(by=place.workers[0], at=end, booking_id=card.id)
    operations.confirm_visit(by=place.household, at=end, booking_id=card.id)
    return queries.visit(by=place.household, booking_id=card.id)


def settle_outbox(at: datetime) -> int:
    """Carry out all that is due, until nothing new comes of it; how many promises."""
    done = 0
    while some := outbox.run_due(at=at):
        done += some
    return done
