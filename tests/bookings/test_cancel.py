"""Cancelling late is paid to the worker whose time it was; in time it costs nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from uuid import UUID, uuid4

import pytest

from bookings import operations, queries
from bookings.models import Booking
from bookings.queries.cancelling import cancellation_cost
from bookings.rules.cancelling import Owed, Stood, owed
from bookings.rules.terms import CancellationTerms
from bookings.types import BookingState, WorkerReason
from coop.audit.models import Entry
from coop.hours import queries as hours
from coop.hours.types import HoursKind, HoursLine
from coop.kernel import Money, NotAllowed, NotFound, RuleBroken
from coop.notices.models import Notice
from tests.factories import make_household
from tests.factories.bookings import (
    ServiceTown,
    accepted,
    begin,
    book,
    make_service_ready_town,
    request,
    usual_day,
    wall,
)  # fmt: skip
from tests.factories.governance import pass_policy

START = datetime(2026, 3, 11, 7, 0, tzinfo=UTC)
TERMS = CancellationTerms(late_hours=24, paid=Fraction(1, 2))
SECOND = timedelta(seconds=1)


def stood(*, secured: bool = True, price: int = 25_133, seconds: int = 14_400) -> Stood:
    return Stood(START, secured, Money(price, "ZAR"), seconds)


@pytest.mark.parametrize(
    ("before", "fee", "seconds"),
    [
        (timedelta(hours=24) + SECOND, 0, 0),
        (timedelta(hours=24), 0, 0),
        (timedelta(hours=24) - timedelta(microseconds=1), 12_567, 7_200),
        (timedelta(), 12_567, 7_200),
        (-timedelta(hours=1), 12_567, 7_200),
    ],
)  # half of 251.33 is 125.665, half of four hours is two
def test_exactly_at_the_boundary_is_in_time(before: timedelta, fee: int, seconds: int) -> None:
    assert owed(stood(), TERMS, START - before) == Owed(Money(fee, "ZAR"), seconds)


def test_a_visit_that_nobody_had_costs_nothing_however_late() -> None:
    assert owed(stood(secured=False), TERMS, START) == Owed(Money(0, "ZAR"), 0)


def test_terms_that_pay_nothing_owe_nothing() -> None:
    none = CancellationTerms(late_hours=24, paid=Fraction(0))
    assert owed(stood(), none, START) == Owed(Money(0, "ZAR"), 0)


def test_the_fee_is_a_sum_that_the_place_can_pay_and_a_part_of_a_second_is_hers() -> None:
    third = CancellationTerms(late_hours=24, paid=Fraction(1, 3))
    made = owed(stood(price=7_851_300, seconds=10_801), third, START, step=100)
    assert made == Owed(Money(2_617_100, "ZAR"), 3_601)  # 26 171 whole; 3 600 1/3 s, up


def late_rows(place: ServiceTown) -> list[HoursLine]:
    rows = hours.hours_of(cooperative_id=place.id)
    return [row for row in rows if row.kind is HoursKind.LATE_CANCELLATION]


@pytest.mark.django_db
class TestOfAVisit:
    def test_late_it_pays_half_the_time_from_the_price_said_before(self) -> None:
        place = make_service_ready_town()
        card = book(place)
        at = card.during.start - timedelta(hours=23)
        said = cancellation_cost(by=place.household, booking_id=card.id, at=at)
        done = operations.cancel_by_client(by=place.household, at=at, booking_id=card.id)
        assert said == done == Money.of("125.67", "ZAR")  # half of 251.33
        [row] = late_rows(place)
        assert (row.worker_id, row.during) == (place.workers[0].worker_id, card.during)
        assert (row.paid_seconds, row.rate) == (7_200, Money.of("45.00", "ZAR"))
        assert row.source == ("booking", card.id)
        assert "cancellation_terms" in row.terms

    def test_in_time_nothing_is_owed_or_paid(self) -> None:
        place = make_service_ready_town()
        card = book(place)
        at = card.during.start - timedelta(hours=24)
        assert cancellation_cost(by=place.household, booking_id=card.id, at=at).minor == 0
        fee = operations.cancel_by_client(by=place.household, at=at, booking_id=card.id)
        assert fee.minor == 0
        assert hours.hours_of(cooperative_id=place.id) == []
        assert Booking.objects.get(id=card.id).state == BookingState.CANCELLED

    def test_before_anybody_has_it_nothing_is_owed_at_the_last_minute(self) -> None:
        place = make_service_ready_town()
        waiting = request(place)
        at = wall(place, usual_day(place), 9, 13).start - SECOND
        fee = operations.cancel_by_client(by=place.household, at=at, booking_id=waiting)
        assert fee.minor == 0
        assert late_rows(place) == []

    @pytest.mark.parametrize("how", ["begun", "cancelled"])
    def test_what_has_begun_or_ended_is_not_cancelled(self, how: str) -> None:
        place = make_service_ready_town()
        card = book(place)
        if how == "begun":
            begin(place, card)
        else:
            operations.cancel_by_client(by=place.household, at=place.at, booking_id=card.id)
        before = (Notice.objects.count(), Entry.objects.count())
        with pytest.raises(RuleBroken) as refused:
            operations.cancel_by_client(
                by=place.household, at=card.during.start, booking_id=card.id
            )
        assert refused.value.code == "booking_moved"
        assert late_rows(place) == []
        assert (Notice.objects.count(), Entry.objects.count()) == before

    def test_after_its_end_her_pay_is_said_and_no_fee_stands_in_for_it(self) -> None:
        place = make_service_ready_town()
        card = book(place)
        before = (Notice.objects.count(), Entry.objects.count())
        for late in (timedelta(), timedelta(days=3)):
            with pytest.raises(RuleBroken) as refused:
                operations.cancel_by_client(
                    by=place.household, at=card.during.end + late, booking_id=card.id
                )
            assert refused.value.code == "visit_is_over"
        assert Booking.objects.get(id=card.id).state == BookingState.CONFIRMED
        assert late_rows(place) == []
        assert (Notice.objects.count(), Entry.objects.count()) == before
        at = card.during.end - SECOND
        fee = operations.cancel_by_client(by=place.household, at=at, booking_id=card.id)
        assert fee == Money.of("125.67", "ZAR")

    def test_after_her_withdrawal_the_household_owes_nothing(self) -> None:
        place = make_service_ready_town()
        card = book(place)
        at = card.during.start - timedelta(hours=2)
        operations.cancel_by_worker(
            by=place.workers[0], at=at, booking_id=card.id, reason=WorkerReason.ILLNESS
        )
        fee = operations.cancel_by_client(by=place.household, at=at, booking_id=card.id)
        assert fee.minor == 0
        assert late_rows(place) == []

    def test_the_worker_a_neighbour_and_another_town_may_not(self) -> None:
        place, other = make_service_ready_town(), make_service_ready_town()
        neighbour, _ = make_household(place.town, "Neighbour")
        card = book(place)
        at = card.during.start - timedelta(hours=1)
        for who, refusal in (
            (place.workers[0], NotAllowed), (neighbour, NotFound), (other.household, NotFound),
            (other.coordinator, NotFound), (place.town.officer("treasurer"), NotFound),
        ):  # fmt: skip
            with pytest.raises(refusal):
                operations.cancel_by_client(by=who, at=at, booking_id=card.id)
            with pytest.raises(NotFound):
                cancellation_cost(by=who, booking_id=card.id, at=at)
        assert Booking.objects.get(id=card.id).state == BookingState.CONFIRMED
        operations.cancel_by_client(by=place.coordinator, at=at, booking_id=card.id)
        assert len(late_rows(place)) == 1

    def test_the_terms_are_those_of_the_day_it_was_booked(self) -> None:
        place = make_service_ready_town()
        far = place.at.date() + timedelta(days=42)
        old = book(place, wall(place, far, 9, 13))
        changed = place.at.date() + timedelta(days=30)
        terms = {"late_hours": 48, "paid_percent": "100"}
        pass_policy(place.town, "cancellation_terms", terms, changed, place.at)
        at = place.at + timedelta(days=31)
        new = request(place, wall(place, far + timedelta(days=1), 9, 13), at=at)
        operations.offer_next(by=place.town.system, at=at, booking_id=new)
        [offer] = queries.offers(by=place.workers[0], at=at)
        operations.accept(by=place.workers[0], at=at, offer_id=offer.id)
        operations.confirm(by=place.town.system, at=at, booking_id=new)
        at = old.during.start - timedelta(hours=1)
        costs = [
            cancellation_cost(by=place.household, booking_id=one, at=at).major()
            for one in (old.id, new)
        ]
        assert costs == ["125.67", "251.33"]  # 25 h before the second: late only by the new terms


@pytest.mark.django_db
class TestOfASeries:
    def test_each_date_is_owed_by_itself_and_gone_ones_are_left(self) -> None:
        place = make_service_ready_town()
        day = usual_day(place)
        cards = [book(place, wall(place, day + timedelta(days=7 * n), 9, 13)) for n in range(3)]
        series = as_series(place, [card.id for card in cards])
        at = cards[1].during.start - timedelta(hours=3)
        count = operations.cancel_series(by=place.household, at=at, series_id=series)
        assert count == 2  # the first date is over: it is not cancelled
        states = [Booking.objects.get(id=card.id).state for card in cards]
        assert states == ["confirmed", "cancelled", "cancelled"]
        [row] = late_rows(place)
        assert row.source == ("booking", cards[1].id)

    def test_a_neighbour_and_a_worker_may_not(self) -> None:
        place = make_service_ready_town()
        neighbour, _ = make_household(place.town, "Neighbour")
        booking = accepted(place)
        series = as_series(place, [booking])
        for who in (neighbour, place.workers[0]):
            with pytest.raises((NotAllowed, NotFound)):
                operations.cancel_series(by=who, at=place.at, series_id=series)
        assert Booking.objects.get(id=booking).state != BookingState.CANCELLED


def as_series(place: ServiceTown, bookings: list[UUID]) -> UUID:
    """Single visits tied into a series."""
    from bookings.models import Series

    row = Booking.objects.get(id=bookings[0])
    series = Series.objects.create(
        cooperative_id=place.id, household_id=row.household_id, address_id=row.address_id,
        service=row.service, rrule="FREQ=WEEKLY;INTERVAL=1;COUNT=3", first_on=usual_day(place),
        starts=datetime.min.time(), ends=datetime.min.time(), zone="Africa/Johannesburg",
        request_id=uuid4(), requested_at=place.at,
    )  # fmt: skip
    Booking.objects.filter(id__in=bookings).update(series=series)
    return series.id
