"""A cooperative of the demonstration, and short ways to act in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from bookings import operations as bookings
from bookings import queries as booked
from bookings.types import BookingCard, PaidBy, Weekly
from coop.home.management.demo.timeline import Timeline
from coop.home.management.story.cast import Cast, Place, gather
from coop.home.management.story.visits import open_calendars
from coop.kernel import TimeRange
from coop.notices import operations as notices
from payments.charges import operations as charges
from payments.charges import queries as charged
from payments.charges.types import How

#: How long after an offer she answers, and after a visit the household agrees.
ANSWERS, AGREES = timedelta(minutes=10), timedelta(minutes=40)
#: What becomes of a visit when she has left.
End = Callable[["Town", BookingCard, datetime], object]


@dataclass
class Town:
    """Its people, its clock and its days."""

    cast: Cast
    line: Timeline

    @classmethod
    def founded(cls, line: Timeline, place: Place, slug: str, *, months: int) -> Town:
        """Founded on the first day of a month so many months back, with everybody in it."""
        zone = ZoneInfo(place.zone)
        day = months_back(line.now.astimezone(zone).date(), months)
        cast = gather(place, slug, datetime.combine(day, time(7), tzinfo=zone).astimezone(UTC))
        open_calendars(cast)
        return cls(cast, line)

    @property
    def today(self) -> date:
        return self.line.now.astimezone(ZoneInfo(self.cast.place.zone)).date()

    def month(self, back: int) -> date:
        """The first day of this month, or of one so many months back."""
        return months_back(self.today, back)

    def key(self, *words: object) -> UUID:
        return uuid5(self.cast.id, " ".join(map(str, words)))


def months_back(day: date, back: int) -> date:
    """The first day of the month, so many months back."""
    first = day.replace(day=1)
    for _ in range(back):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def workday(day: date, *, weekday: int | None = None, back: bool = False) -> date:
    """The day itself or the next (or last) one that is no weekend, or that weekday."""
    step = timedelta(days=-1 if back else 1)
    while day.weekday() != weekday if weekday is not None else day.weekday() > 4:
        day += step
    return day


@dataclass(frozen=True)
class Wish:
    """A visit somebody wants; `worker` takes it when she is asked, else whoever is.

    Without a worker nobody has answered yet.
    """

    household: str
    worker: str
    day: date
    hours: tuple[int, int]
    service: str = "cleaning"
    paid_by: PaidBy = PaidBy.MANUAL
    words: str = ""
    by_sms: bool = False


def visit(town: Town, wish: Wish, *, ask_at: datetime, end: End) -> None:
    """Ask for a price and a visit; what follows happens at its time. `end` closes it."""

    def ask(at: datetime) -> None:
        ref = town.cast.ref(wish.household)
        assert ref.household_id is not None
        quote = bookings.make_quote(
            by=ref, at=at, household_id=ref.household_id, service=wish.service,
            address_id=town.cast.addresses[wish.household], paid_by=wish.paid_by,
            during=town.cast.during(wish.day, *wish.hours),
        )  # fmt: skip
        booking = bookings.request_booking(
            by=ref, at=at, quote_id=quote.id, wishes=wish.words, request_id=town.key(quote.id)
        )
        town.line.at(at + ANSWERS, lambda when: take(town, wish, booking, when))
        follow(town, wish.household, booking, quote.during.start, end)

    town.line.at(ask_at, ask)


def take(town: Town, wish: Wish, booking: UUID, at: datetime) -> None:
    """She takes it, in the app or by SMS; when she was not asked, another does, or nobody."""
    workers = town.cast.place.workers if wish.worker else ()
    for name in sorted(workers, key=lambda name: (name != wish.worker, workers.index(name))):
        ref = town.cast.ref(name)
        for offer in booked.offers(by=ref, at=at):
            if offer.booking_id == booking:
                if wish.by_sms:
                    text(town, name, f"YES {offer.code}", at)
                else:
                    bookings.accept(by=ref, at=at, offer_id=offer.id)
                return


def text(town: Town, name: str, words: str, at: datetime) -> None:
    """Somebody sends an SMS."""
    number = list(town.cast.people).index(name) + 1
    notices.receive_sms(
        at=at, from_phone=town.cast.place.phones.format(number), text=words,
        provider_id=f"demo-{town.key(name, words, at)}",
    )  # fmt: skip


def follow(town: Town, household: str, booking: UUID, starts: datetime, end: End) -> None:
    """Whoever took it arrives with the household's code and leaves on time; then its end."""

    def arrive(at: datetime) -> None:
        card = booked.booking(by=town.cast.ref(household), booking_id=booking)
        if card.state != "confirmed":
            return
        worker = town.cast.ref(card.worker_name)
        booked.address_for_worker(by=worker, booking_id=booking, at=at)
        bookings.check_in(by=worker, at=at, booking_id=booking, client_code=card.client_code)
        town.line.at(card.during.end, lambda when: leave(town, card, end, when))

    town.line.at(starts, arrive)


def leave(town: Town, card: BookingCard, end: End, at: datetime) -> None:
    bookings.check_out(by=town.cast.ref(card.worker_name), at=at, booking_id=card.id)
    town.line.at(at + AGREES, lambda when: end(town, card, when))


def agreed(town: Town, card: BookingCard, at: datetime) -> None:
    """The household agrees, and the next day a transfer is found in the bank."""
    bookings.confirm_visit(by=town.cast.ref(card.household_name), at=at, booking_id=card.id)
    town.line.at(at + timedelta(days=1), lambda when: _receipt(town, card, when))


def disputed(town: Town, card: BookingCard, at: datetime) -> None:
    """The household says that she left an hour early; the coordinator has to settle it."""
    shorter = TimeRange(card.during.start, card.during.end - timedelta(hours=1))
    bookings.declare(
        by=town.cast.ref(card.household_name), at=at, booking_id=card.id, during=shorter,
        note="I think she left an hour earlier.",
    )  # fmt: skip


def weekly(
    town: Town,
    wish: Wish,
    *,
    ask_at: datetime,
    count: int,
    end: End,
    every_weeks: int = 1,
) -> None:
    """The same visit every week or so; each date is taken like a single one."""

    def ask(at: datetime) -> None:
        ref = town.cast.ref(wish.household)
        assert ref.household_id is not None
        first, last = wish.hours
        made = bookings.request_series(
            by=ref, at=at, request_id=town.key("series", wish.household, wish.day),
            household_id=ref.household_id, address_id=town.cast.addresses[wish.household],
            service=wish.service, paid_by=wish.paid_by, wishes=wish.words, despite_conflicts=True,
            weekly=Weekly(
                wish.day, time(first), time(last), town.cast.place.zone, every_weeks, count
            ),
        )  # fmt: skip
        for booking, day in zip(made.booking_ids, made.dates, strict=True):
            town.line.at(at + ANSWERS, _taking(town, wish, booking))
            follow(town, wish.household, booking, town.cast.at(day, first), end)

    town.line.at(ask_at, ask)


def _taking(town: Town, wish: Wish, booking: UUID) -> Callable[[datetime], None]:
    return lambda at: take(town, wish, booking, at)


def _receipt(town: Town, card: BookingCard, at: datetime) -> None:
    for charge in charged.charges_of_booking(cooperative_id=town.cast.id, booking_id=card.id):
        if charge.rail == "manual" and charge.due is not None and charge.due.minor:
            charges.record_receipt(
                by=town.cast.ref("treasurer"), at=at, charge_id=charge.id, amount=charge.due,
                how=How.BANK, received_on=card.during.end.date(),
                reference=f"EFT {card.during.end:%y%m%d}-{str(card.id)[:4]}",
            )  # fmt: skip
