"""What nobody disputes is paid at once, also when the two sides share not a single minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings import operations, queries
from bookings.rules.visit_times import GRACE, as_declared, undisputed
from bookings.types import BookingState
from coop.hours import queries as hours
from coop.hours.types import HoursKind
from coop.kernel import BadInput, TimeRange
from tests.factories.bookings import (
    ServiceTown,
    begin,
    book,
    make_service_ready_town,
    usual_day,
    wall,
)  # fmt: skip
from tests.factories.matching import at

BOOKED = at(9, 13)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("worker", "household", "holds"),
    [
        (at(9, 13), at(9, 12), at(9, 12)),
        (at(9, 13), at(10, 14), at(10, 13)),
        (at(9, 13), at(9, 13), at(9, 13)),
        (at(9, 10), at(11, 13), at(9, 10)),  # nothing shared: the shorter
        (at(9, 12), at(12, 13), at(12, 13)),  # they touch, which shares nothing
        (at(9, 10), at(11, 12), at(9, 10)),  # as long as each other: the earlier
    ],
)
def test_what_holds_is_the_same_whoever_spoke_first(
    worker: TimeRange, household: TimeRange, holds: TimeRange
) -> None:
    assert undisputed(worker, household) == undisputed(household, worker) == holds


spans = st.builds(
    lambda start, long: TimeRange(
        BOOKED.start + start * MINUTE, BOOKED.start + (start + long) * MINUTE
    ),
    st.integers(-360, 360), st.integers(1, 600),
)  # fmt: skip


@given(spans, spans)
def test_it_is_never_empty_and_never_more_than_either_says(
    one: TimeRange, other: TimeRange
) -> None:
    holds = undisputed(one, other)
    assert holds == undisputed(other, one)
    assert 0 < holds.seconds <= min(one.seconds, other.seconds)
    if one.overlaps(other):
        assert one.contains(holds)
        assert other.contains(holds)


@pytest.mark.parametrize(
    ("early", "late", "as_booked"),
    [
        (GRACE, GRACE, True),
        (GRACE + timedelta(seconds=1), timedelta(), False),
        (timedelta(), GRACE + timedelta(seconds=1), False),
    ],
)
def test_ten_minutes_are_not_counted_on_either_side(
    early: timedelta, late: timedelta, as_booked: bool
) -> None:
    said = as_declared(BOOKED.start - early, BOOKED.end + late, BOOKED)
    assert (said == BOOKED) is as_booked


def test_a_begun_minute_is_hers() -> None:
    start, end = at(9, 10).start, at(9, 10).start + timedelta(minutes=30, seconds=1)
    assert as_declared(start, end, BOOKED).seconds == 31 * 60
    assert as_declared(start, start, BOOKED).seconds == 60


def paid(place: ServiceTown) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in hours.hours_of(cooperative_id=place.id):
        found[row.kind.value] = found.get(row.kind.value, 0) + row.paid_seconds
    return found


@pytest.mark.django_db
class TestWhenTheyShareNothing:
    def disputed(self) -> tuple[ServiceTown, tuple[UUID, TimeRange, datetime]]:
        place = make_service_ready_town()
        card = book(place)
        begin(place, card)
        now = card.during.end + timedelta(hours=6)
        for who, (first, last) in ((place.workers[0], (9, 13)), (place.household, (14, 15))):
            state = operations.declare(
                by=who,
                at=now,
                booking_id=card.id,
                during=wall(place, usual_day(place), first, last),
            )
        assert state is BookingState.DISPUTED
        return place, (card.id, card.during, now)

    def test_the_shorter_is_paid_at_once_as_the_minimum_visit(self) -> None:
        place, (booking, _, _) = self.disputed()
        visit = queries.visit(by=place.household, booking_id=booking)
        assert visit.during.seconds == 3600
        assert paid(place) == {
            HoursKind.VISIT: 3600, HoursKind.MINIMUM_VISIT: 3 * 3600, HoursKind.TRAVEL: 1800,
        }  # fmt: skip

    def test_settling_pays_the_whole_time_once(self) -> None:
        place, (booking, during, now) = self.disputed()
        with pytest.raises(BadInput) as refused:
            operations.settle(
                by=place.coordinator, at=now, booking_id=booking, reason="less",
                during=TimeRange(during.start, during.start + 59 * MINUTE),
            )  # fmt: skip
        assert refused.value.code == "less_than_undisputed"
        operations.settle(
            by=place.coordinator, at=now, booking_id=booking, during=during, reason="a neighbour"
        )
        assert paid(place) == {
            HoursKind.VISIT: 4 * 3600, HoursKind.MINIMUM_VISIT: 0, HoursKind.TRAVEL: 1800,
        }  # fmt: skip
        card = queries.booking(by=place.household, booking_id=booking)
        assert card.state is BookingState.SETTLED

    def test_settling_for_the_shorter_changes_no_hour(self) -> None:
        place, (booking, _, now) = self.disputed()
        before = paid(place)
        visit = queries.visit(by=place.household, booking_id=booking)
        operations.settle(
            by=place.coordinator, at=now, booking_id=booking, during=visit.during, reason="agreed"
        )
        assert paid(place) == before
