"""A household that books visits and pays them by card, through everybody's real operations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from bookings import operations, queries
from bookings.types import BookingCard, BookingState, PaidBy
from coop.kernel import Money, TimeRange
from coop.members.types import MemberRef
from coop.notices import queries as notices
from payments.charges import queries as charges
from payments.charges.types import ChargeCard
from tests.factories.bookings import (
    ServiceTown,
    begin,
    make_service_ready_town,
    request,
    usual_day,
    wall,
)
from tests.payments.charges.paying import Desk
from tests.payments.sandbox.running import Letterbox, Running


@dataclass
class Visits:
    """`far` is nine days ahead, from 09:00 to 13:00; `near` is three."""

    sandbox: Running
    box: Letterbox
    place: ServiceTown = field(default_factory=make_service_ready_town)

    def __post_init__(self) -> None:
        self.desk = Desk(self.sandbox, self.box, town=self.place.town)
        self.desk.household = self.place.household
        self.far = wall(self.place, usual_day(self.place), 9, 13)
        self.near = wall(self.place, usual_day(self.place) - timedelta(days=6), 9, 13)

    @property
    def worker(self) -> MemberRef:
        return self.place.workers[0]

    def ask(self, during: TimeRange) -> UUID:
        return request(self.place, during, paid_by=PaidBy.CARD, at=self.desk.at)

    def take(self, booking: UUID) -> None:
        self.desk.run()
        [offer] = self.offers(booking)
        operations.accept(by=self.worker, at=self.desk.at, offer_id=offer)

    def offers(self, booking: UUID) -> list[UUID]:
        mine = queries.offers(by=self.worker, at=self.desk.at)
        return [one.id for one in mine if one.booking_id == booking]

    def booked(self, during: TimeRange) -> UUID:
        """A visit she took whose card is kept."""
        self.desk.card()
        booking = self.ask(during)
        self.take(booking)
        self.desk.run()
        assert self.state(booking) is BookingState.CONFIRMED
        return booking

    def wait_until(self, at: datetime) -> None:
        """Time passes; everything that falls due on the way is done at its own time."""
        assert at >= self.desk.at
        self.desk.at = at
        while self.desk.run(minutes=0):
            pass

    def see(self, booking: UUID) -> BookingCard:
        return queries.booking(by=self.place.household, booking_id=booking)

    def state(self, booking: UUID) -> BookingState:
        return self.see(booking).state

    def charge(self, booking: UUID) -> ChargeCard:
        [charge] = self.charges(booking)
        return charge

    def charges(self, booking: UUID) -> list[ChargeCard]:
        return charges.charges_of_booking(cooperative_id=self.place.id, booking_id=booking)

    def effects(self, booking: UUID) -> list[tuple[str, int]]:
        """The provider's own journal of all the booking's charges."""
        return [line for card in self.charges(booking) for line in self.desk.effects(card.id)]

    def go(self, booking: UUID, hours: int) -> None:
        """She comes on time and stays so many hours; both say so."""
        card = self.see(booking)
        self.wait_until(card.during.start)
        begin(self.place, self.see(booking))
        was = TimeRange(card.during.start, card.during.start + timedelta(hours=hours))
        self.wait_until(max(was.end, card.during.end))
        for by in (self.worker, self.place.household):
            operations.declare(by=by, at=self.desk.at, booking_id=booking, during=was)
        self.wait_until(self.desk.at)

    def price(self, during: TimeRange) -> Money:
        """What that time costs, by a quote nobody books."""
        assert self.place.household.household_id is not None
        quote = operations.make_quote(
            by=self.place.household, at=self.desk.at, address_id=self.place.address_id,
            household_id=self.place.household.household_id, service="cleaning", during=during,
            paid_by=PaidBy.CARD,
        )  # fmt: skip
        return quote.price

    def told(self, who: MemberRef, template: str) -> list[str]:
        """What somebody was told under a name, in her words."""
        return [card.text for card in notices.inbox(who) if card.template == template]
