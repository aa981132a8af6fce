"""What a visit costs in the end is taken, and no more; what was held beyond it falls back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bookings import operations as bookings
from bookings.types import BookingState, WorkerReason
from coop.hours import queries as hours
from coop.kernel import RuleBroken, TimeRange
from payments.charges import operations, queries
from payments.charges.models import Intent
from payments.charges.types import ChargeState
from payments.ledger import queries as ledger
from tests.payments.charges.visiting import Visits


def hours_long(visits: Visits, count: int) -> TimeRange:
    return TimeRange(visits.near.start, visits.near.start + timedelta(hours=count))


def books_hold(visits: Visits) -> None:
    """Our own books, and the provider's journal of these charges, agree."""
    assert queries.breaches(cooperative_id=visits.place.id) == []
    assert ledger.breaches(cooperative_id=visits.place.id) == []


def test_a_visit_as_booked_takes_its_price_once(visits: Visits) -> None:
    booking = visits.booked(visits.near)
    visits.go(booking, 4)
    price = visits.charge(booking).amount.minor
    assert visits.effects(booking) == [("hold", price), ("capture", price)]
    assert visits.charge(booking).captured.minor == price
    books_hold(visits)


def test_a_shorter_visit_takes_less_and_the_rest_falls_back(visits: Visits) -> None:
    booking = visits.booked(hours_long(visits, 6))
    held, less = visits.charge(booking).amount, visits.price(hours_long(visits, 5))
    assert less < held
    visits.go(booking, 5)
    assert visits.effects(booking) == [
        ("hold", held.minor), ("capture", less.minor), ("release", (held - less).minor),
    ]  # fmt: skip
    assert (visits.charge(booking).due, visits.charge(booking).captured) == (less, less)
    books_hold(visits)


def test_a_longer_visit_takes_the_difference_as_a_part_of_its_own(visits: Visits) -> None:
    booking = visits.booked(visits.near)
    held, more = visits.charge(booking).amount, visits.price(hours_long(visits, 6))
    visits.go(booking, 6)
    visits.wait_until(visits.desk.at + timedelta(minutes=1))
    first, second = visits.charges(booking)
    assert (first.captured, second.captured) == (held, more - held)
    assert visits.effects(booking) == [
        ("hold", held.minor), ("capture", held.minor),
        ("hold", (more - held).minor), ("capture", (more - held).minor),
    ]  # fmt: skip
    assert first.captured + second.captured == more
    books_hold(visits)


def test_a_silent_household_pays_a_day_later_from_the_same_hold(visits: Visits) -> None:
    booking = visits.booked(visits.far)
    visits.wait_until(visits.far.start)
    card = visits.see(booking)
    bookings.check_in(
        by=visits.worker, at=visits.desk.at, booking_id=booking, client_code=card.client_code
    )
    visits.wait_until(visits.far.end)
    bookings.check_out(by=visits.worker, at=visits.desk.at, booking_id=booking)
    visits.wait_until(visits.far.end + timedelta(hours=24))
    price = visits.charge(booking).amount.minor
    assert visits.effects(booking) == [("hold", price), ("capture", price)]


def test_cancelled_in_time_the_hold_falls_back(visits: Visits) -> None:
    booking = visits.booked(visits.near)
    price = visits.charge(booking).amount.minor
    bookings.cancel_by_client(by=visits.place.household, at=visits.desk.at, booking_id=booking)
    visits.wait_until(visits.desk.at)
    assert visits.charge(booking).state == ChargeState.RELEASED
    assert visits.effects(booking) == [("hold", price), ("release", price)]
    assert hours.hours_of(cooperative_id=visits.place.id) == []
    books_hold(visits)


def test_cancelled_late_half_is_taken_from_what_is_held_and_she_is_paid_half(
    visits: Visits,
) -> None:
    """The founding terms: within 24 hours, 50 percent."""
    booking = visits.booked(visits.near)
    price = visits.charge(booking).amount
    visits.wait_until(visits.near.start - timedelta(hours=23))
    fee = bookings.cancel_by_client(
        by=visits.place.household, at=visits.desk.at, booking_id=booking
    )
    assert abs(2 * fee.minor - price.minor) <= 1
    visits.wait_until(visits.desk.at)
    assert visits.effects(booking) == [
        ("hold", price.minor), ("capture", fee.minor), ("release", (price - fee).minor),
    ]  # fmt: skip
    [paid] = hours.hours_of(cooperative_id=visits.place.id)
    assert paid.paid_seconds == 2 * 3600
    books_hold(visits)


def test_her_illness_keeps_the_hold_for_whoever_comes_instead(visits: Visits) -> None:
    booking = visits.booked(visits.near)
    price = visits.charge(booking).amount.minor
    bookings.cancel_by_worker(
        by=visits.worker, at=visits.desk.at, booking_id=booking, reason=WorkerReason.ILLNESS
    )
    visits.wait_until(visits.desk.at)
    assert visits.state(booking) is not BookingState.CONFIRMED
    assert visits.charge(booking).state == ChargeState.HELD
    assert visits.effects(booking) == [("hold", price)]


def test_nobody_free_owes_nothing(visits: Visits) -> None:
    visits.desk.card()
    booking = visits.ask(visits.near)
    visits.wait_until(visits.near.start + timedelta(minutes=1))
    visits.wait_until(visits.desk.at + timedelta(minutes=1))
    price = visits.charge(booking).amount.minor
    assert visits.state(booking) is BookingState.EXPIRED
    assert visits.charge(booking).state == ChargeState.RELEASED
    assert visits.effects(booking) == [("hold", price), ("release", price)]


def test_a_refused_capture_changes_nothing_and_asks_nobody(visits: Visits) -> None:
    booking = visits.booked(visits.near)
    before = visits.charge(booking)
    for wrong in (before.amount + before.amount, before.amount - before.amount):
        with pytest.raises(RuleBroken) as refused:
            operations.capture(
                by=visits.place.town.system, at=visits.desk.at, charge_id=before.id, amount=wrong
            )
        assert refused.value.code == "capture_over_hold"
    visits.wait_until(visits.desk.at)
    assert visits.charge(booking) == before
    assert not Intent.objects.filter(charge_id=before.id, kind="capture").exists()
    assert visits.effects(booking) == [("hold", before.amount.minor)]


def test_nothing_is_captured_that_was_not_meant_before(visits: Visits) -> None:
    """Every capture in the provider's journal has its intent, stored before it was asked."""
    booking = visits.booked(visits.near)
    [hold] = Intent.objects.filter(charge_id=visits.charge(booking).id)
    assert hold.kind == "hold"
    visits.go(booking, 4)
    charge = visits.charge(booking)
    [meant] = Intent.objects.filter(charge_id=charge.id, kind="capture")
    assert (meant.state, meant.amount_minor) == ("done", charge.captured.minor)
    assert meant.settled_at is not None
    assert meant.stored_at <= meant.settled_at
    moves = [x for x in queries.provider_journal() if x.charge_id == charge.id]
    assert [(x.kind, x.amount) for x in moves] == [
        ("hold", charge.amount), ("capture", charge.captured),
    ]  # fmt: skip
