"""The first to accept has the visit."""

from __future__ import annotations

import pytest

from bookings import operations, queries
from bookings.types import BookingState
from coop.kernel import RuleBroken
from tests.factories.bookings import make_service_ready_town, offer_to, request

pytestmark = pytest.mark.django_db


def test_the_first_acceptance_wins_and_the_others_hear_that_it_is_gone() -> None:
    place = make_service_ready_town(workers=2)
    booking = request(place)
    first = offer_to(place, booking, place.workers[0], place.at)
    [second] = queries.offers(by=place.workers[1], at=place.at)
    operations.accept(by=place.workers[0], at=place.at, offer_id=first.id)
    with pytest.raises(RuleBroken) as refused:
        operations.accept(by=place.workers[1], at=place.at, offer_id=second.id)
    assert refused.value.code == "offer_gone"
    card = queries.booking(by=place.household, booking_id=booking)
    assert card.worker_id == place.workers[0].worker_id
    assert card.state in {BookingState.OFFERED, BookingState.CONFIRMED}
