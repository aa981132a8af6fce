"""A visit nobody could be asked for is tried again by itself."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from bookings import operations, queries
from bookings.models import Booking, Offer, OfferRound
from bookings.types import BookingState, DayException, PaidBy, Window, WorkerReason
from coop.notices.models import Notice
from coop.outbox.models import Promise
from tests.factories.bookings import (
    ServiceTown,
    accepted,
    make_service_ready_town,
    request,
    settle_outbox,
    usual_day,
    wall,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> ServiceTown:
    return make_service_ready_town()


def away(place: ServiceTown) -> None:
    worker = place.workers[0]
    assert worker.worker_id
    operations.set_exception(
        by=worker, at=place.at, worker_id=worker.worker_id, exception=DayException(usual_day(place))
    )


def told(template: str) -> list[Notice]:
    return list(Notice.objects.filter(template=template))


def tries() -> int:
    return Promise.objects.filter(key__contains=":hour:").count()


def test_it_is_tried_every_hour_and_the_coordinator_hears_once(place: ServiceTown) -> None:
    away(place)
    request(place)
    settle_outbox(place.at)
    assert [n.person_id for n in told("visit_uncovered")] == [place.coordinator.person_id]
    for hour in range(1, 4):
        settle_outbox(place.at + timedelta(hours=hour))
    assert tries() == 4
    assert len(told("visit_uncovered")) == 1
    assert OfferRound.objects.count() == 1
    assert not Offer.objects.exists()


def test_by_hand_and_by_itself_it_is_one_chain(place: ServiceTown) -> None:
    away(place)
    booking = request(place)
    for minute in (0, 10, 20):
        at = place.at + timedelta(minutes=minute)
        operations.offer_next(by=place.coordinator, at=at, booking_id=booking)
    assert tries() == 1


def test_when_its_time_is_near_no_try_is_promised_after_it(place: ServiceTown) -> None:
    away(place)
    booking = request(place)
    start = queries.booking(by=place.household, booking_id=booking).during.start
    at = start - timedelta(minutes=30)
    assert operations.offer_next(by=place.coordinator, at=at, booking_id=booking) == ()
    assert tries() == 0


def test_hours_she_gives_are_offered_at_once(place: ServiceTown) -> None:
    away(place)
    request(place)
    settle_outbox(place.at)
    worker, day = place.workers[0], usual_day(place)
    assert worker.worker_id
    at = place.at + timedelta(minutes=5)
    operations.set_exception(
        by=worker, at=at, worker_id=worker.worker_id,
        exception=DayException(day, time(8), time(18)),
    )  # fmt: skip
    settle_outbox(at)
    assert len(queries.offers(by=worker, at=at)) == 1


def test_a_week_she_changes_is_offered_at_once(place: ServiceTown) -> None:
    worker, day = place.workers[0], usual_day(place)
    assert worker.worker_id
    other_day = Window((day.weekday() + 1) % 7, time(8), time(18))
    operations.set_availability(
        by=worker, at=place.at, worker_id=worker.worker_id, week=[other_day]
    )
    request(place)
    settle_outbox(place.at)
    assert queries.offers(by=worker, at=place.at) == []
    at = place.at + timedelta(minutes=5)
    week = [other_day, Window(day.weekday(), time(8), time(18))]
    operations.set_availability(by=worker, at=at, worker_id=worker.worker_id, week=week)
    settle_outbox(at)
    assert len(queries.offers(by=worker, at=at)) == 1


def test_a_visit_she_gives_back_frees_her_for_another(place: ServiceTown) -> None:
    taken = accepted(place)
    waiting = request(place, wall(place, usual_day(place), 12, 16))
    settle_outbox(place.at)
    worker, at = place.workers[0], place.at + timedelta(minutes=5)
    assert queries.offers(by=worker, at=at) == []
    operations.cancel_by_worker(by=worker, at=at, booking_id=taken, reason=WorkerReason.CARE)
    settle_outbox(at)
    assert [o.booking_id for o in queries.offers(by=worker, at=at)] == [waiting]


def test_accepted_but_unpaid_both_hear_why_and_she_carries_no_mark(place: ServiceTown) -> None:
    booking = accepted(place, paid_by=PaidBy.CARD)
    row = Booking.objects.get(id=booking)
    assert (row.state, row.worker_id) == ("offered", place.workers[0].worker_id)
    settle_outbox(row.during.lower)
    card = queries.booking(by=place.household, booking_id=booking)
    assert card.state is BookingState.EXPIRED
    [to_worker], [to_household] = told("visit_unpaid"), told("booking_unpaid")
    assert to_worker.person_id == place.workers[0].person_id
    assert to_household.person_id == place.household.person_id
    assert told("booking_expired") == []


def test_uncovered_to_the_end_only_the_household_hears(place: ServiceTown) -> None:
    away(place)
    booking = request(place)
    start = queries.booking(by=place.household, booking_id=booking).during.start
    operations.expire_booking(by=place.town.system, at=start, booking_id=booking)
    assert len(told("booking_expired")) == 1
    assert told("visit_unpaid") == told("booking_unpaid") == []


def run_out(place: ServiceTown, at: datetime) -> datetime:
    """Her open offer runs out unread; when."""
    [offer] = queries.offers(by=place.workers[0], at=at)
    settle_outbox(offer.expires_at)
    return offer.expires_at


def test_who_let_the_offer_pass_is_asked_once_more_at_the_hour_and_never_a_third_time(
    place: ServiceTown,
) -> None:
    booking, worker = request(place), place.workers[0]
    settle_outbox(place.at)
    ended = run_out(place, place.at)  # half past eight
    assert queries.offers(by=worker, at=ended) == []
    assert Booking.objects.get().state == "requested"
    hour = place.at + timedelta(hours=1)
    settle_outbox(hour)
    [again] = queries.offers(by=worker, at=hour)
    why = queries.why_her(by=worker, offer_id=again.id)
    [line] = [check for check in why.candidates[0].checks if check.name == "not_asked"]
    assert (line.passed, line.why.plain) == (
        True, "did not answer in time, and nobody else is left: asked once more",
    )  # fmt: skip
    run_out(place, hour)
    for n in range(2, 6):
        settle_outbox(place.at + timedelta(hours=n))
    assert Offer.objects.filter(booking_id=booking, state="expired").count() == 2
    assert not Offer.objects.filter(state="open").exists()
    assert len(told("offer_made")) == 2


def test_who_said_no_is_not_asked_again(place: ServiceTown) -> None:
    request(place)
    settle_outbox(place.at)
    [offer] = queries.offers(by=place.workers[0], at=place.at)
    operations.decline(by=place.workers[0], at=place.at, offer_id=offer.id)
    for hour in range(4):
        settle_outbox(place.at + timedelta(hours=hour))
    assert [offer.state for offer in Offer.objects.all()] == ["declined"]


def test_while_others_are_left_to_ask_nobody_is_asked_twice() -> None:
    place = make_service_ready_town(workers=5)  # three are asked at once
    request(place)
    settle_outbox(place.at)
    settle_outbox(place.at + timedelta(minutes=30))
    rows = Offer.objects.order_by("made_at").values_list("worker_id", "state")
    assert [state for _, state in rows] == ["expired"] * 3 + ["open"] * 2
    assert len({worker for worker, _ in rows}) == 5
