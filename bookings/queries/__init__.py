"""Reading bookings. Values cross the door, never rows; what one may not see does not exist."""

from bookings.queries.addresses import address_for_worker
from bookings.queries.bookings import (
    booking,
    booking_by_id,
    cooperative_of,
    dates_not_booked,
    declarations,
    my_visits,
    series_of,
    visit,
    visit_by_id,
    visit_names,
)  # fmt: skip
from bookings.queries.desk import desk
from bookings.queries.invariants import breaches, checks
from bookings.queries.offers import cooperative_of_offer, offer, offers
from bookings.queries.pairing import free_workers, why_her, why_her_of_booking
from bookings.queries.prices import booked_prices, quote, quote_by_id, services
from bookings.queries.times import availability
from bookings.queries.work import my_work, today, work

__all__ = [
    "address_for_worker", "availability", "booked_prices", "booking", "booking_by_id", "breaches",
    "checks", "cooperative_of", "cooperative_of_offer", "dates_not_booked", "declarations", "desk",
    "free_workers", "my_visits", "my_work", "offer", "offers", "quote", "quote_by_id",
    "series_of", "services", "today", "visit", "visit_by_id", "visit_names", "why_her",
    "why_her_of_booking", "work",
]  # fmt: skip
