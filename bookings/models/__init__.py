"""What is kept about bookings."""

from bookings.models.bookings import Booking, Series
from bookings.models.catalogue import Avoidance, Service
from bookings.models.offers import Offer, OfferRound
from bookings.models.quotes import Quote, QuoteLine
from bookings.models.times import AvailabilityException, AvailabilityWindow, Calendar, Leave
from bookings.models.visits import Declaration, Visit

__all__ = [
    "AvailabilityException", "AvailabilityWindow", "Avoidance", "Booking", "Calendar",
    "Declaration", "Leave", "Offer", "OfferRound", "Quote", "QuoteLine", "Series", "Service",
    "Visit",
]  # fmt: skip
