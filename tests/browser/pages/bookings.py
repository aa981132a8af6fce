"""Booking, work and the desk."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import uuid4

from bookings import operations, queries
from bookings.types import PaidBy
from coop.kernel import TimeRange
from tests.browser.pages.row import Row
from tests.browser.stage import Stage

ROWS = [
    Row("bookings:price", "household"),
    Row("bookings:quote", "household", args=lambda s: {"quote_id": s.ids["quote"]}),
    Row("bookings:mine", "household"),
    Row("bookings:visit", "household", args=lambda s: {"booking_id": s.ids["booking"]}),
    Row("bookings:cancel", "household", args=lambda s: {"booking_id": s.ids["booking"]}),
    Row("bookings:today", "worker"),
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
    """A visit in three days (four, when that is a Sunday) that the worker is asked for."""
    day = stage.now.date() + timedelta(days=3)
    day += timedelta(days=day.weekday() == 6)
    household = stage.town.ref(stage.people["household"], on=stage.now.date())
    quote = operations.make_quote(
        by=household, at=stage.now, household_id=stage.ids["household"],
        address_id=stage.ids["address"], service="cleaning", paid_by=PaidBy.MANUAL,
        during=TimeRange.on_wall(day, time(9), time(13), household.zone),
    )  # fmt: skip
    booking = operations.request_booking(
        by=household, at=stage.now, request_id=uuid4(), quote_id=quote.id
    )
    operations.offer_next(by=stage.town.system, at=stage.now, booking_id=booking)
    worker = stage.town.ref(stage.people["worker"], on=stage.now.date())
    [offer] = queries.offers(by=worker, at=stage.now)
    stage.ids |= {
        "quote": quote.id, "booking": booking, "offer": offer.id, "visit_day": day.isoformat(),
    }  # fmt: skip
