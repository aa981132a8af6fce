"""What the database refuses by itself, when somebody goes around the operations."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from bookings.models import Booking, Offer, Quote, QuoteLine
from tests.factories.bookings import ServiceTown, make_service_ready_town, usual_day, wall
from tests.factories.rivals import offered, rival_bookings

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> ServiceTown:
    return make_service_ready_town(workers=2)


def test_a_worker_is_not_in_two_places(place: ServiceTown) -> None:
    worker = place.workers[0].worker_id
    assert worker is not None
    [rows] = rival_bookings(place, [wall(place, usual_day(place), 9, 13)], worker, 2)
    Booking.objects.filter(id=rows[0].booking_id).update(worker_id=worker)
    with pytest.raises(IntegrityError, match="worker_in_one_place"), transaction.atomic():
        Booking.objects.filter(id=rows[1].booking_id).update(worker_id=worker)
    assert Booking.objects.filter(worker_id=worker).count() == 1


def test_an_offer_has_no_two_winners(place: ServiceTown) -> None:
    ids = [worker.worker_id for worker in place.workers if worker.worker_id]
    [[first, second]] = offered(place, [wall(place, usual_day(place), 9, 13)], ids)
    Offer.objects.filter(id=first.id).update(state="accepted")
    with pytest.raises(IntegrityError, match="offer_one_winner"), transaction.atomic():
        Offer.objects.filter(id=second.id).update(state="accepted")
    assert Offer.objects.filter(state="accepted").count() == 1


@pytest.mark.parametrize("state", ["in_progress", "done", "settled", "disputed"])
def test_a_booking_does_not_jump(place: ServiceTown, state: str) -> None:
    worker = place.workers[0].worker_id
    assert worker is not None
    [[offer]] = rival_bookings(place, [wall(place, usual_day(place), 9, 13)], worker, 1)
    with pytest.raises(IntegrityError, match="booking_moves"), transaction.atomic():
        Booking.objects.filter(id=offer.booking_id).update(state=state, worker_id=worker)
    assert Booking.objects.get(id=offer.booking_id).state == "offered"


@pytest.mark.parametrize("state", ["open", "accepted", "expired"])
def test_a_declined_offer_does_not_come_back(place: ServiceTown, state: str) -> None:
    worker = place.workers[0].worker_id
    assert worker is not None
    [[offer]] = rival_bookings(place, [wall(place, usual_day(place), 9, 13)], worker, 1)
    Offer.objects.filter(id=offer.id).update(state="declined")
    with pytest.raises(IntegrityError, match="offer_moves"), transaction.atomic():
        Offer.objects.filter(id=offer.id).update(state=state)
    assert Offer.objects.get(id=offer.id).state == "declined"


def test_a_price_is_the_sum_of_its_lines(place: ServiceTown) -> None:
    worker = place.workers[0].worker_id
    assert worker is not None
    rival_bookings(place, [wall(place, usual_day(place), 9, 13)], worker, 1)
    quote = Quote.objects.get()
    with (
        pytest.raises(IntegrityError, match="quote_lines_sum"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        QuoteLine.objects.create(
            cooperative_id=place.id, quote=quote, position=2, kind="wage", label="More",
            amount_minor=1, rule="none",
        )  # fmt: skip
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert quote.lines.count() == 1


@pytest.mark.parametrize("table", ["bookings_quote", "bookings_quoteline", "bookings_offerround"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET id = id"])
def test_prices_and_reasons_are_kept_as_written(place: ServiceTown, table: str, act: str) -> None:
    worker = place.workers[0].worker_id
    assert worker is not None
    rival_bookings(place, [wall(place, usual_day(place), 9, 13)], worker, 1)
    with (
        pytest.raises(IntegrityError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(act.format(table))
