"""Booking, work and the desk."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from bookings import operations, queries
from bookings.types import PaidBy
from coop.kernel import TimeRange
from coop.members.types import MemberRef
from tests.browser.pages.row import Row
from tests.browser.stage import Stage

ROWS = [
    Row("bookings:price", "household"),
    Row("bookings:quote", "household", args=lambda s: {"quote_id": s.ids["quote"]}),
    Row("bookings:mine", "household"),
    Row("bookings:visit", "household", args=lambda s: {"booking_id": s.ids["booking"]}),
    Row("bookings:cancel", "household", args=lambda s: {"booking_id": s.ids["booking"]}),
    Row("bookings:times", "household", args=lambda s: {"booking_id": s.ids["told"]}),
    Row("bookings:times", "worker", args=lambda s: {"booking_id": s.ids["told"]}),
    Row("bookings:settle", "coordinator", args=lambda s: {"booking_id": s.ids["disputed"]}),
    Row("bookings:today", "worker"),
    Row("bookings:job", "worker", args=lambda s: {"booking_id": s.ids["coming"]}),
    Row("bookings:withdraw", "worker", args=lambda s: {"booking_id": s.ids["coming"]}),
    Row("bookings:offer", "worker", args=lambda s: {"offer_id": s.ids["offer"]}),
    Row("bookings:why", "worker", args=lambda s: {"offer_id": s.ids["offer"]}),
    Row("bookings:why", "coordinator", args=lambda s: {"offer_id": s.ids["offer"]}),
    Row("bookings:work", "worker"),
    Row("bookings:time", "worker"),
    Row("bookings:desk", "coordinator"),
    Row("bookings:desk_day", "coordinator", args=lambda s: {"day": s.ids["visit_day"]}),
]
ACTS = {"bookings:again", "bookings:answer", "bookings:arrive", "bookings:here", "bookings:leave"}


def furnish(stage: Stage) -> None:
    """A visit the worker is asked for, one she took, one the household told of, one in dispute."""
    day = working_day(stage, 3)
    booking = asked(stage, day, stage.now)
    [offer] = queries.offers(by=ref(stage, "worker"), at=stage.now)
    stage.ids |= {
        "quote": queries.booking(by=ref(stage, "household"), booking_id=booking).quote_id,
        "booking": booking, "offer": offer.id, "visit_day": day.isoformat(),
        "coming": taken(stage, working_day(stage, 8)),
        "told": taken(stage, working_day(stage, -4)),
        "disputed": taken(stage, working_day(stage, -8)),
    }  # fmt: skip
    for which, hours in (("told", 12), ("disputed", 12)):
        say(stage, "household", stage.ids[which], hours)
    say(stage, "worker", stage.ids["disputed"], 14)


def ref(stage: Stage, role: str) -> MemberRef:
    return stage.town.ref(stage.people[role], on=stage.now.date())


def working_day(stage: Stage, days: int) -> date:
    """So many days from now; a Monday for a Sunday."""
    day = stage.now.date() + timedelta(days=days)
    return day + timedelta(days=day.weekday() == 6)


def asked(stage: Stage, day: date, at: datetime) -> UUID:
    """A visit from nine to one that the worker is asked for."""
    household = ref(stage, "household")
    quote = operations.make_quote(
        by=household, at=at, household_id=stage.ids["household"],
        address_id=stage.ids["address"], service="cleaning", paid_by=PaidBy.MANUAL,
        during=TimeRange.on_wall(day, time(9), time(13), household.zone),
    )  # fmt: skip
    booking = operations.request_booking(by=household, at=at, request_id=uuid4(), quote_id=quote.id)
    operations.offer_next(by=stage.town.system, at=at, booking_id=booking)
    return booking


def taken(stage: Stage, day: date) -> UUID:
    """The same, ten days ago, and she took it."""
    at, worker = stage.now - timedelta(days=10), ref(stage, "worker")
    booking = asked(stage, day, at)
    [offer] = [o for o in queries.offers(by=worker, at=at) if o.booking_id == booking]
    operations.accept(by=worker, at=at, offer_id=offer.id)
    return booking


def say(stage: Stage, role: str, booking: UUID, until: int) -> None:
    """One side says that the visit was from nine until then."""
    by = ref(stage, role)
    card = queries.booking(by=by, booking_id=booking)
    day = card.during.start.astimezone(ZoneInfo(by.zone)).date()
    during = TimeRange.on_wall(day, time(9), time(until), by.zone)
    at = card.during.end + timedelta(hours=2)
    operations.declare(by=by, at=at, booking_id=booking, during=during)
