"""Four digits stand five wrong tries, and every try stays counted."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from bookings import operations, queries
from bookings.models import Booking
from bookings.operations import _check_in as module
from bookings.types import BookingCard, BookingState
from coop.kernel import RuleBroken
from tests.factories.bookings import ServiceTown

pytestmark = pytest.mark.django_db


def tried(place: ServiceTown, card: BookingCard, code: str) -> str:
    """What she is told, or the state of the booking."""
    try:
        return operations.check_in(
            by=place.workers[0], at=card.during.start, booking_id=card.id, client_code=code
        )
    except RuleBroken as refused:
        return refused.code


def wrong(card: BookingCard, n: int = 1) -> str:
    return f"{(int(card.client_code) + n) % 10_000:04d}"


def test_a_wrong_code_is_refused_counted_and_changes_nothing_else(
    place: ServiceTown, card: BookingCard
) -> None:
    assert tried(place, card, wrong(card)) == "code_wrong"
    row = Booking.objects.get()
    assert (row.state, row.wrong_codes, row.worker_arrived_at) == ("confirmed", 1, None)
    assert tried(place, card, card.client_code) == BookingState.IN_PROGRESS


def test_after_five_the_right_code_opens_nothing_and_both_taps_still_do(
    place: ServiceTown, card: BookingCard
) -> None:
    assert [tried(place, card, wrong(card, n)) for n in range(1, 6)] == ["code_wrong"] * 5
    assert tried(place, card, card.client_code) == "code_closed"
    assert tried(place, card, wrong(card)) == "code_closed"
    row = Booking.objects.get()
    assert (row.state, row.wrong_codes, row.worker_arrived_at) == ("confirmed", 5, None)
    assert tried(place, card, "") == BookingState.CONFIRMED
    operations.check_in(by=place.household, at=card.during.start, booking_id=card.id)
    assert queries.booking(by=place.household, booking_id=card.id).state == "in_progress"


def test_the_coordinator_can_say_that_she_is_there(place: ServiceTown, card: BookingCard) -> None:
    for n in range(1, 6):
        tried(place, card, wrong(card, n))
    operations.check_in(by=place.coordinator, at=card.during.start, booking_id=card.id)
    assert Booking.objects.get().state == "in_progress"


def test_the_database_keeps_the_count_and_its_end(place: ServiceTown, card: BookingCard) -> None:
    Booking.objects.update(wrong_codes=5)
    with pytest.raises(IntegrityError, match="booking_code_tries"), transaction.atomic():
        Booking.objects.update(wrong_codes=6)
    with pytest.raises(IntegrityError, match="booking_wrong_codes_kept"), transaction.atomic():
        Booking.objects.update(wrong_codes=0)
    assert Booking.objects.get().wrong_codes == 5


def test_without_the_limit_every_code_can_be_tried(
    place: ServiceTown, card: BookingCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The counter-test: limit and constraint taken away, the digits are found by counting."""
    monkeypatch.setattr(module, "MOST_WRONG_CODES", 10_000)
    Booking.objects.update(client_code="0049")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE bookings_booking DROP CONSTRAINT booking_code_tries")
    told = [tried(place, card, f"{n:04d}") for n in range(50)]
    assert told == ["code_wrong"] * 49 + [BookingState.IN_PROGRESS]
    row = Booking(client_code="9999", wrong_codes=9_998)
    assert [n for n in range(10_000) if module._fits(row, f"{n:04d}")] == [9_999]
