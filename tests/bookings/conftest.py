"""What most tests of bookings begin with."""

from __future__ import annotations

import pytest

from bookings.types import BookingCard
from tests.factories.bookings import ServiceTown, book, make_service_ready_town


@pytest.fixture
def place() -> ServiceTown:
    """A town with one household and one worker, ready to book."""
    return make_service_ready_town()


@pytest.fixture
def card(place: ServiceTown) -> BookingCard:
    """A visit of the usual day, nine to one, confirmed; 251.33 by hand."""
    return book(place)
