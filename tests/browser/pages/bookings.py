"""Booking, work and the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from bookings import operations, queries
from bookings.types import BookingCard, PaidBy, Weekly
from coop.members.types import MemberRef
from tests.browser.pages.row import Row, one
from tests.browser.stage import Stage
from tests.factories.bookings import ServiceTown, begin, book, complete_visit, request, wall

ROWS = [
    Row("bookings:price", "household"),
    Row("bookings:quote", "household", args=one("quote_id", "quote")),
    Row("bookings:quote", "household", args=one("quote_id", "quote"), query="?every=1&count=8"),
    Row("bookings:mine", "household"),
    Row("bookings:visit", "household", args=one("booking_id", "asked")),
    Row("bookings:visit", "household", args=one("booking_id", "left"), query="?left"),
    Row("bookings:visit", "coordinator", args=one("booking_id", "soon")),
    Row("bookings:cancel", "household", args=one("booking_id", "soon")),
    Row("bookings:times", "household", args=one("booking_id", "left")),
    Row("bookings:times", "worker", args=one("booking_id", "left")),
    Row("bookings:settle", "coordinator", args=one("booking_id", "disputed")),
    Row("bookings:series", "household", args=one("series_id", "series")),
    Row("bookings:today", "worker"),
    Row("bookings:offer", "worker", args=one("offer_id", "offer")),
    Row("bookings:why", "worker", args=one("offer_id", "offer")),
    Row("bookings:why", "coordinator", args=one("offer_id", "offer")),
    Row("bookings:work", "worker"),
    Row("bookings:job", "worker", args=one("booking_id", "soon")),
    Row("bookings:job", "worker", args=one("booking_id", "left"), query="?left"),
    Row("bookings:withdraw", "worker", args=one("booking_id", "soon")),
    Row("bookings:time", "worker"),
    Row("bookings:desk", "coordinator"),
    Row("bookings:desk_day", "coordinator", args=one("day", "soon_on")),
]
ACTS = {"bookings:again", "bookings:answer", "bookings:arrive", "bookings:here", "bookings:leave"}


def furnish(stage: Stage) -> None:
    """One visit in March, one in dispute; tomorrow's she has left, one to come, a series, an offer."""
    complete_visit(place_of(stage, stage.town.at))
    stage.ids["disputed"] = disputed(stage)
    place = place_of(stage, stage.now)
    on = workday(stage, 6)
    stage.ids |= {
        "left": left(place, workday(stage, 1)), "soon_on": on.isoformat(),
        "soon": book(place, wall(place, on, 9, 13)).id, "series": series_with_a_gap(place, on),
    }  # fmt: skip
    asked = request(place, wall(place, workday(stage, 3), 9, 13))
    operations.offer_next(by=stage.town.system, at=stage.now, booking_id=asked)
    [offer] = [o.id for o in queries.offers(by=place.workers[0], at=stage.now)]
    quote = queries.booking(by=place.household, booking_id=asked).quote_id
    stage.ids |= {"asked": asked, "offer": offer, "quote": quote}


def workday(stage: Stage, days: int) -> date:
    """So many days from now; a Sunday's next day."""
    day = stage.now.date() + timedelta(days=days)
    return day + timedelta(days=day.weekday() == 6)


def place_of(stage: Stage, at: datetime) -> ServiceTown:
    """The stage as the factories of bookings know a town, at a moment."""
    town = replace(stage.town, at=at)
    household, worker = (
        town.ref(stage.people[role], on=at.date()) for role in ("household", "worker")
    )
    return ServiceTown(town, household, stage.ids["address"], [worker])


def left(place: ServiceTown, on: date) -> UUID:
    """A visit she came to and left again; the household has not yet said that it is right."""
    card = book(place, wall(place, on, 9, 13))
    begin(place, card)
    operations.check_out(by=place.workers[0], at=card.during.end, booking_id=card.id)
    return card.id


def disputed(stage: Stage) -> UUID:
    """A visit eight days ago: the household says it ended at twelve, the worker at two."""
    place, card = past_visit(stage, -8)
    tell(place, place.household, card, 12)
    tell(place, place.workers[0], card, 14)
    return card.id


def past_visit(stage: Stage, days: int) -> tuple[ServiceTown, BookingCard]:
    """A visit that was booked ten days ago and is over; nobody has said when it was."""
    place = place_of(stage, stage.now - timedelta(days=10))
    return place, book(place, wall(place, workday(stage, days), 9, 13))


def tell(place: ServiceTown, by: MemberRef, card: BookingCard, until: int) -> None:
    """One side says that the visit was from nine until then."""
    during = wall(place, card.during.start.date(), 9, until)
    at = card.during.end + timedelta(hours=2)
    operations.declare(by=by, at=at, booking_id=card.id, during=during)


def series_with_a_gap(place: ServiceTown, first_on: date) -> UUID:
    """Three dates; on the first a visit stands already, so two are booked."""
    assert place.household.household_id is not None
    made = operations.request_series(
        by=place.household, at=place.at, request_id=uuid4(), address_id=place.address_id,
        household_id=place.household.household_id, service="cleaning", paid_by=PaidBy.MANUAL,
        weekly=Weekly(first_on, time(9), time(13), place.household.zone, count=3),
        despite_conflicts=True,
    )  # fmt: skip
    assert made.series_id is not None
    assert len(made.dates) == 2
    return made.series_id
