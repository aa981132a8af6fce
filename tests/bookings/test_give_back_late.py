"""A visit that is over is not given back: the times say whether she worked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bookings import operations
from bookings.models import Booking
from bookings.types import WorkerReason
from coop.kernel import RuleBroken
from coop.notices.models import Notice
from tests.factories.bookings import book, make_service_ready_town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("minutes", [0, 1])
def test_from_its_end_on_nobody_gives_it_back(minutes: int) -> None:
    place = make_service_ready_town()
    card = book(place)
    before, told = Booking.objects.values().get(id=card.id), Notice.objects.count()
    with pytest.raises(RuleBroken) as refused:
        operations.cancel_by_worker(
            by=place.workers[0], at=card.during.end + timedelta(minutes=minutes),
            booking_id=card.id, reason=WorkerReason.ILLNESS,
        )  # fmt: skip
    assert refused.value.code == "visit_is_over"
    assert Booking.objects.values().get(id=card.id) == before
    assert Notice.objects.count() == told


def test_until_its_end_she_may() -> None:
    place = make_service_ready_town()
    card = book(place)
    operations.cancel_by_worker(
        by=place.workers[0], at=card.during.end - timedelta(minutes=1),
        booking_id=card.id, reason=WorkerReason.ILLNESS,
    )  # fmt: skip
    assert Booking.objects.get(id=card.id).worker_id is None
