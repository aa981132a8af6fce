"""A series is checked as a whole: nobody is counted twice, and no date is skipped in silence."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from bookings import operations, queries
from bookings.models import Booking, Quote, Series
from bookings.queries import seating
from bookings.types import Conflict, DayException, PaidBy, SeriesResult, Weekly
from coop.audit.models import Entry
from coop.kernel import BadInput, NotFound, RuleBroken
from coop.notices.models import Notice
from coop.outbox.models import Promise
from tests.factories import make_household, make_worker
from tests.factories.bookings import ServiceTown, make_service_ready_town, request, usual_day, wall

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def asked(
    place: ServiceTown,
    first: date,
    starts: int = 9,
    ends: int = 13,
    *,
    count: int = 3,
    despite: bool = False,
    request_id: UUID | None = None,
    at: datetime | None = None,
) -> SeriesResult:
    assert place.household.household_id is not None
    return operations.request_series(
        by=place.household, at=at or place.at, request_id=request_id or uuid4(),
        household_id=place.household.household_id, address_id=place.address_id,
        service="cleaning", paid_by=PaidBy.MANUAL, despite_conflicts=despite,
        weekly=Weekly(first, time(starts), time(ends), place.household.zone, 1, count),
    )  # fmt: skip


def everything() -> tuple[int, ...]:
    kinds = (Series, Booking, Quote, Entry, Notice, Promise)
    return tuple(kind.objects.count() for kind in kinds)


def reasons(result: SeriesResult) -> list[tuple[date, str]]:
    return [(one.on, one.code) for one in result.conflicts]


def in_the_way(place: ServiceTown, first: date, starts: int, ends: int, *, count: int = 1) -> str:
    """What stands in the way of every date, as a program reads it."""
    with pytest.raises(RuleBroken) as refused:
        asked(place, first, starts, ends, count=count)
    assert refused.value.code == "series_has_no_date"
    return str(refused.value.facts["conflicts"])


def test_every_date_is_booked_at_the_same_wall_clock() -> None:
    place = make_service_ready_town()
    day = usual_day(place)
    made = asked(place, day, count=4)
    assert made.dates == (day, day + WEEK, day + 2 * WEEK, day + 3 * WEEK)
    assert made.conflicts == ()
    assert made.series_id is not None
    cards = queries.series_of(by=place.household, series_id=made.series_id)
    tz = ZoneInfo(place.household.zone)
    assert [c.during.start.astimezone(tz).time() for c in cards] == [time(9)] * 4
    assert {c.price.major() for c in cards} == {"251.33"}
    assert Series.objects.get().rrule == "FREQ=WEEKLY;INTERVAL=1;COUNT=4"


def test_with_one_date_in_the_way_nothing_is_booked_and_each_reason_is_said() -> None:
    place = make_service_ready_town()
    worker = place.workers[0]
    assert worker.worker_id is not None
    day = usual_day(place)
    operations.set_exception(
        by=worker, at=place.at, worker_id=worker.worker_id, exception=DayException(day + WEEK)
    )
    request(place, wall(place, day + 2 * WEEK, 10, 11))
    before = everything()
    made = asked(place, day - 2 * WEEK, count=5)
    assert reasons(made) == [
        (day - 2 * WEEK, "in_the_past"), (day + WEEK, "nobody_free"),
        (day + 2 * WEEK, "already_booked"),
    ]  # fmt: skip
    assert all(one.reason for one in made.conflicts)
    assert (made.series_id, made.booking_ids) == (None, ())
    assert everything() == before


def test_despite_conflicts_the_other_dates_are_booked_and_the_rest_is_told() -> None:
    place = make_service_ready_town()
    worker = place.workers[0]
    assert worker.worker_id is not None
    day = usual_day(place)
    operations.take_leave(
        by=worker, at=place.at, worker_id=worker.worker_id, first_on=day + WEEK,
        until_on=day + WEEK + timedelta(days=1),
    )  # fmt: skip
    made = asked(place, day, despite=True)
    assert made.dates == (day, day + 2 * WEEK)
    assert reasons(made) == [(day + WEEK, "nobody_free")]
    assert len(made.booking_ids) == Booking.objects.count() == 2


@pytest.mark.parametrize("despite", [True, False])
def test_when_no_date_can_be_had_it_is_refused_with_each_reason(despite: bool) -> None:
    place = make_service_ready_town(workers=0)
    day, before = usual_day(place), everything()
    with pytest.raises(RuleBroken) as refused:
        asked(place, day, despite=despite)
    assert (refused.value.code, refused.value.status) == ("series_has_no_date", 409)
    assert refused.value.facts["count"] == 3
    assert refused.value.facts["conflicts"] == tuple(
        Conflict(day + n * WEEK, "nobody_free") for n in range(3)
    )
    assert everything() == before


def test_the_same_request_again_has_the_same_answer() -> None:
    place = make_service_ready_town()
    worker = place.workers[0]
    assert worker.worker_id is not None
    day, key = usual_day(place), uuid4()
    operations.set_exception(
        by=worker, at=place.at, worker_id=worker.worker_id, exception=DayException(day + WEEK)
    )
    first = asked(place, day, despite=True, request_id=key)
    before = everything()
    again = asked(place, day, despite=True, request_id=key, at=place.at + timedelta(days=1))
    assert again == first
    assert reasons(again) == [(day + WEEK, "nobody_free")]
    assert everything() == before


def test_anothers_request_is_not_told() -> None:
    place = make_service_ready_town()
    key = uuid4()
    asked(place, usual_day(place), request_id=key)
    neighbour, address = make_household(place.town, "Neighbour")
    rival = ServiceTown(place.town, neighbour, address, place.workers)
    with pytest.raises(NotFound) as refused:
        asked(rival, usual_day(place), request_id=key)
    assert refused.value.code == "household_unknown"


def test_a_second_series_finds_the_only_worker_spoken_for() -> None:
    place = make_service_ready_town()
    day = usual_day(place)
    assert asked(place, day, 9, 13).conflicts == ()  # nobody has accepted yet
    neighbour, address = make_household(place.town, "Neighbour")
    other = ServiceTown(place.town, neighbour, address, place.workers)
    assert in_the_way(other, day, 12, 16) == f"{day} nobody_free"
    make_worker(place.town, "Second")
    assert asked(other, day, 12, 16).conflicts == ()


def full_week(place: ServiceTown) -> date:
    """Monday to Friday asked for at eight hours a day; the Saturday."""
    monday = usual_day(place) - timedelta(days=2)
    for n in range(5):
        assert asked(place, monday + timedelta(days=n), 8, 16, count=2).conflicts == ()
    return monday + timedelta(days=5)


def test_the_law_sees_the_hours_of_all_that_is_asked_for() -> None:
    place = make_service_ready_town("CO")  # 44 hours a week until July 2026
    saturday = full_week(place)
    five = in_the_way(place, saturday, 8, 13, count=2)  # 40 + 5
    assert five == f"{saturday} nobody_free, {saturday + WEEK} nobody_free"
    assert asked(place, saturday, 8, 12, count=2).conflicts == ()  # 40 + 4, exactly


def test_without_looking_at_what_is_asked_for_the_week_would_be_sold_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = make_service_ready_town("CO")
    saturday = full_week(place)
    monkeypatch.setattr(seating, "_waiting", lambda trials, at: [])
    assert asked(place, saturday, 8, 13, count=2).conflicts == ()


def test_a_visit_that_is_offered_still_takes_its_worker() -> None:
    place = make_service_ready_town()
    day = usual_day(place)
    booking = request(place, wall(place, day, 9, 13))
    operations.offer_next(by=place.town.system, at=place.at, booking_id=booking)
    neighbour, address = make_household(place.town, "Neighbour")
    other = ServiceTown(place.town, neighbour, address, place.workers)
    made = asked(other, day, 9, 13)
    assert reasons(made) == [(day, "nobody_free")]
    assert made.dates == (day + WEEK, day + 2 * WEEK)


def test_the_next_morning_after_her_rest_is_hers_again() -> None:
    place = make_service_ready_town()
    day = usual_day(place)
    assert asked(place, day, 14, 18, count=1).conflicts == ()
    early = asked(place, day + timedelta(days=1), 7, 11, count=1)
    assert early.conflicts == ()  # 18:00 to 07:00 are 13 hours of rest, 12 are enough


@pytest.mark.parametrize(
    ("service", "ends", "code"),
    [
        ("juggling", time(13), "address_or_service_unknown"),
        ("cleaning", time(13, 0, 30), "visit_length"),
    ],
)
def test_an_unknown_service_or_half_a_minute_is_refused(
    service: str, ends: time, code: str
) -> None:
    place = make_service_ready_town()
    assert place.household.household_id is not None
    weekly = Weekly(usual_day(place), time(9), ends, place.household.zone, 1, 2)
    with pytest.raises((NotFound, BadInput)) as refused:
        operations.request_series(
            by=place.household, at=place.at, request_id=uuid4(),
            household_id=place.household.household_id, address_id=place.address_id,
            service=service, weekly=weekly,
        )  # fmt: skip
    assert refused.value.code == code
    assert Series.objects.count() == 0
