"""Who forgot to tap is paid all the same: either side can still say when the visit was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bookings import operations, queries
from bookings.models import Declaration, Visit
from bookings.types import BookingCard, BookingState
from coop.hours import queries as hours
from coop.kernel import NotFound, RuleBroken, TimeRange
from coop.notices.models import Notice
from tests.factories.bookings import (
    ServiceTown,
    begin,
    book,
    make_service_ready_town,
    settle_outbox,
    usual_day,
    wall,
)

pytestmark = pytest.mark.django_db


def told(template: str) -> int:
    return Notice.objects.filter(template=template).count()


def state(place: ServiceTown, card: BookingCard) -> BookingState:
    return queries.booking(by=place.household, booking_id=card.id).state


def test_the_worker_tells_the_times_and_the_household_agrees(
    place: ServiceTown, card: BookingCard
) -> None:
    worker, end = place.workers[0], card.during.end
    operations.declare(by=worker, at=end, booking_id=card.id, during=card.during)
    assert state(place, card) is BookingState.IN_PROGRESS
    assert told("visit_to_confirm") == 1
    operations.confirm_visit(by=place.household, at=end, booking_id=card.id)
    assert state(place, card) is BookingState.DONE
    written = [(x.kind.value, x.paid_seconds) for x in hours.hours_of(cooperative_id=place.id)]
    assert sorted(written) == [("travel", 1_800), ("visit", 14_400)]


def test_the_household_tells_the_times_and_the_worker_agrees(
    place: ServiceTown, card: BookingCard
) -> None:
    shorter = wall(place, usual_day(place), 9, 12)
    operations.declare(by=place.household, at=card.during.end, booking_id=card.id, during=shorter)
    assert (told("household_said_times"), told("visit_to_confirm")) == (1, 0)
    worker = place.workers[0]
    operations.confirm_visit(by=worker, at=card.during.end, booking_id=card.id)
    assert queries.visit(by=place.household, booking_id=card.id).during == shorter


def test_before_its_start_nobody_tells_how_a_visit_was(
    place: ServiceTown, card: BookingCard
) -> None:
    at = card.during.start
    early = TimeRange(at - timedelta(hours=2), at - timedelta(hours=1))
    with pytest.raises(RuleBroken) as refused:
        operations.declare(by=place.workers[0], at=at, booking_id=card.id, during=early)
    assert refused.value.code == "booking_moved"
    assert state(place, card) is BookingState.CONFIRMED
    assert not Declaration.objects.exists()
    assert told("visit_to_confirm") == 0


def test_nobody_agrees_with_her_own_word(place: ServiceTown, card: BookingCard) -> None:
    at, worker = card.during.end, place.workers[0]
    operations.declare(by=worker, at=at, booking_id=card.id, during=card.during)
    with pytest.raises(RuleBroken) as refused:
        operations.confirm_visit(by=worker, at=at, booking_id=card.id)
    assert refused.value.code == "booking_moved"
    assert not Visit.objects.exists()


def test_one_agrees_only_with_the_word_one_read(place: ServiceTown, card: BookingCard) -> None:
    at, worker = card.during.end, place.workers[0]
    operations.declare(by=worker, at=at, booking_id=card.id, during=card.during)
    longer = TimeRange(card.during.start, at + timedelta(hours=1))
    later = at + timedelta(hours=2)
    operations.declare(by=worker, at=later, booking_id=card.id, during=longer)
    with pytest.raises(RuleBroken) as refused:
        operations.confirm_visit(by=place.household, at=later, booking_id=card.id, said_at=at)
    assert refused.value.code == "word_changed"
    assert not Visit.objects.exists()
    operations.confirm_visit(by=place.household, at=later, booking_id=card.id, said_at=later)
    assert queries.visit(by=worker, booking_id=card.id).during == longer


def test_an_hour_after_the_end_both_are_asked_and_the_desk_shows_it(
    place: ServiceTown, card: BookingCard
) -> None:
    at = card.during.end + timedelta(hours=1)
    settle_outbox(at - timedelta(minutes=1))
    assert told("visit_unspoken") == 0
    settle_outbox(at)
    settle_outbox(at + timedelta(hours=1))
    assert told("visit_unspoken") == 2
    found = queries.desk(by=place.coordinator, day=usual_day(place), at=at)
    assert [one.id for one in found.unspoken] == [card.id]
    operations.declare(by=place.workers[0], at=at, booking_id=card.id, during=card.during)
    assert queries.desk(by=place.coordinator, day=usual_day(place), at=at).unspoken == ()


def test_of_a_spoken_visit_nobody_is_asked(place: ServiceTown, card: BookingCard) -> None:
    begin(place, card)
    operations.check_out(by=place.workers[0], at=card.during.end, booking_id=card.id)
    settle_outbox(card.during.end + timedelta(hours=1))
    assert told("visit_unspoken") == 0


def test_a_visit_that_is_over_does_not_stand_before_the_one_that_is_now(
    place: ServiceTown, card: BookingCard
) -> None:
    worker, now = place.workers[0], wall(place, usual_day(place), 14, 18)
    at = now.start + timedelta(minutes=5)
    assert (found := queries.today(by=worker, at=at).next_visit)
    assert found.id == card.id
    second = book(place, now)
    day = queries.today(by=worker, at=at)
    assert day.next_visit is not None
    assert (day.next_visit.id, day.later, [one.id for one in day.over]) == (
        second.id, (), [card.id],
    )  # fmt: skip


def test_when_neither_speaks_the_coordinator_says_what_holds(
    place: ServiceTown, card: BookingCard
) -> None:
    at = card.during.end + timedelta(hours=30)
    operations.settle(
        by=place.coordinator, at=at, booking_id=card.id, during=card.during, reason="Both phoned."
    )
    assert state(place, card) is BookingState.SETTLED
    paid = sum(line.paid_seconds for line in hours.hours_of(cooperative_id=place.id))
    assert paid == 4 * 3600 + 1800
    assert told("visit_settled") == 2


def test_a_coordinator_decides_nothing_about_a_visit_of_her_own(
    place: ServiceTown, card: BookingCard
) -> None:
    at = card.during.end
    hers = replace(place.workers[0], offices=frozenset({"coordinator"}))
    theirs = replace(place.household, offices=frozenset({"coordinator"}))
    for by in (hers, theirs):
        with pytest.raises(RuleBroken) as refused:
            operations.settle(by=by, at=at, booking_id=card.id, during=card.during, reason="So.")
        assert refused.value.code == "own_visit"
    operations.declare(by=hers, at=at, booking_id=card.id, during=card.during)
    with pytest.raises(RuleBroken) as refused:
        operations.confirm_visit(by=hers, at=at, booking_id=card.id)
    assert refused.value.code == "booking_moved"
    assert not Visit.objects.exists()
    assert told("visit_settled") == 0
    operations.confirm_visit(by=place.coordinator, at=at, booking_id=card.id)
    assert state(place, card) is BookingState.DONE


def test_a_stranger_tells_nothing(place: ServiceTown, card: BookingCard) -> None:
    other = make_service_ready_town()
    for who in (other.household, other.workers[0]):
        with pytest.raises(NotFound):
            operations.declare(by=who, at=card.during.end, booking_id=card.id, during=card.during)
    assert not Declaration.objects.exists()
