"""What pairing knows of a worker: her skills of the day, both sides' wishes, all her hours."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from bookings import operations, queries
from bookings.models import Booking
from bookings.queries.candidates import pair
from bookings.types import WorkerReason
from coop.hours import operations as hours
from coop.hours.types import HoursKind, NewHours
from coop.kernel import Money, TimeRange
from coop.members import operations as members
from coop.members.types import MemberRef
from tests.factories import make_household, make_worker
from tests.factories.bookings import (
    ServiceTown,
    book,
    complete_visit,
    make_service_ready_town,
    offer_to,
    request,
    usual_day,
    wall,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def failed(place: ServiceTown, booking: UUID, who: MemberRef) -> list[str]:
    row = Booking.objects.select_related("service", "address").get(id=booking)
    [one] = [j for j in pair(row, at=place.at).judged if j.candidate.worker_id == who.worker_id]
    return [check.name for check in one.checks if not check.passed]


def wrote(
    place: ServiceTown, who: MemberRef, during: TimeRange, kind: HoursKind = HoursKind.OUTSIDE
) -> UUID:
    assert who.worker_id is not None
    entry = NewHours(
        worker_id=who.worker_id, during=during, kind=kind, source=(kind.value, uuid4()),
        paid_seconds=during.seconds, rate=Money.zero("ZAR"),
    )  # fmt: skip
    [made] = hours.record_hours(by=place.town.system, at=place.at, entries=[entry])
    return made


def test_a_skill_counts_from_its_day_to_the_day_before_it_ends() -> None:
    place = make_service_ready_town(workers=0)
    who = make_worker(place.town, skills=())
    assert who.worker_id is not None
    day = usual_day(place)
    members.certify_skill(
        by=place.town.system, at=place.at, worker_id=who.worker_id, skill_code="cleaning",
        valid_from=day, valid_until=day + timedelta(days=2),
    )  # fmt: skip
    found = [
        failed(place, request(place, wall(place, day + timedelta(days=n), 9, 13)), who)
        for n in (-1, 0, 1, 2)
    ]
    assert found == [["skill"], [], [], ["skill"]]


@pytest.mark.parametrize("said_by", ["worker", "household"])
def test_either_side_may_say_not_her_and_not_them(said_by: str) -> None:
    place = make_service_ready_town()
    who = place.workers[0]
    assert who.worker_id is not None
    assert place.household.household_id is not None
    neighbour, address = make_household(place.town, "Neighbour")
    theirs = request(ServiceTown(place.town, neighbour, address, place.workers))
    ours = request(place)
    by = who if said_by == "worker" else place.household
    operations.avoid(
        by=by, at=place.at, worker_id=who.worker_id, household_id=place.household.household_id
    )
    assert failed(place, ours, who) == ["avoid"]
    assert failed(place, theirs, who) == []


def test_hours_at_another_household_count_and_so_does_work_elsewhere() -> None:
    place = make_service_ready_town()
    who, day = place.workers[0], usual_day(place)
    neighbour, address = make_household(place.town, "Neighbour")
    other = ServiceTown(place.town, neighbour, address, place.workers)
    book(other, wall(place, day, 14, 18))
    ours = request(place, wall(place, day, 9, 13))
    assert failed(place, ours, who) == []  # 4 + 4 of 9
    wrote(place, who, wall(place, day, 18, 20))
    assert failed(place, ours, who) == ["day"]  # 4 + 4 + 2


@pytest.mark.parametrize("kind", [HoursKind.TRAINING, HoursKind.ASSEMBLY, HoursKind.OUTSIDE])
def test_whoever_pays_for_it_she_is_not_in_two_places(kind: HoursKind) -> None:
    place = make_service_ready_town()
    who, day = place.workers[0], usual_day(place)
    wrote(place, who, wall(place, day, 12, 14), kind)
    assert failed(place, request(place, wall(place, day, 9, 13)), who) == ["place"]


def test_hours_that_were_corrected_away_are_hers_again() -> None:
    place = make_service_ready_town()
    who, day = place.workers[0], usual_day(place)
    entry = wrote(place, who, wall(place, day, 10, 16))
    ours = request(place, wall(place, day, 12, 16))
    assert failed(place, ours, who) == ["place", "day"]
    system = place.town.system
    hours.correct_hours(
        by=system, at=place.at, entry_id=entry, paid_seconds=2 * 3600, reason="ended at noon"
    )
    assert failed(place, ours, who) == []
    hours.correct_hours(
        by=system, at=place.at, entry_id=entry, paid_seconds=0, reason="another week"
    )
    assert failed(place, request(place, wall(place, day, 9, 12)), who) == []


def test_a_cancelled_visit_gives_her_the_time_back() -> None:
    place = make_service_ready_town()
    who, day = place.workers[0], usual_day(place)
    neighbour, address = make_household(place.town, "Neighbour")
    other = ServiceTown(place.town, neighbour, address, place.workers)
    card = book(other, wall(place, day, 9, 13))
    ours = request(place, wall(place, day, 9, 13))
    assert failed(place, ours, who) == ["place"]
    operations.cancel_by_client(by=neighbour, at=place.at, booking_id=card.id)
    assert failed(place, ours, who) == []


def order(place: ServiceTown, booking: UUID) -> list[tuple[str, str, int | None]]:
    lines = queries.free_workers(by=place.coordinator, booking_id=booking, at=place.at)
    return [(line.label, line.total, line.rank) for line in lines]


def test_saying_no_ten_times_moves_nobody_in_a_later_round() -> None:
    place = make_service_ready_town(workers=3)
    later = request(place, wall(place, usual_day(place) + timedelta(days=14), 9, 13))
    before = order(place, later)
    for n in range(10):
        during = wall(place, usual_day(place) + timedelta(days=n // 2), 7 + n % 2, 12)
        if during.start.weekday() == 6:
            continue
        offer = offer_to(place, request(place, during), place.workers[0], place.at)
        operations.decline(by=place.workers[0], at=place.at, offer_id=offer.id)
    assert order(place, later) == before
    assert before[0][0] in {"Worker 1", "Worker 2", "Worker 3"}


def test_giving_a_visit_back_leaves_no_mark_on_the_next() -> None:
    place = make_service_ready_town(workers=2)
    later = request(place, wall(place, usual_day(place) + timedelta(days=14), 9, 13))
    before = order(place, later)
    card = book(place)
    operations.cancel_by_worker(
        by=place.workers[0], at=place.at, booking_id=card.id, reason=WorkerReason.UNSAFE
    )
    assert order(place, later) == before
    assert failed(place, card.id, place.workers[0]) == ["not_asked"]  # only for this visit


def test_who_came_before_is_known_there_and_nowhere_else() -> None:
    place = make_service_ready_town()
    complete_visit(place, wall(place, usual_day(place) - timedelta(days=1), 9, 13))
    row = Booking.objects.select_related("service", "address").get(id=request(place))
    [here] = pair(row, at=place.at + timedelta(days=9)).judged
    neighbour, address = make_household(place.town, "Neighbour")
    theirs = request(ServiceTown(place.town, neighbour, address, place.workers))
    row = Booking.objects.select_related("service", "address").get(id=theirs)
    [there] = pair(row, at=place.at + timedelta(days=9)).judged
    assert [s.score for s in here.scores if s.name == "continuity"] == ["1/5"]
    assert [s.score for s in there.scores if s.name == "continuity"] == ["0"]


@pytest.mark.parametrize(("days", "score"), [(26, "39/40"), (28, "1")])
def test_what_is_promised_counts_for_four_weeks_ahead(days: int, score: str) -> None:
    place = make_service_ready_town()
    book(place, wall(place, place.at.date() + timedelta(days=days), 9, 13))
    row = Booking.objects.select_related("service", "address").get(id=request(place))
    [one] = pair(row, at=place.at).judged
    # She wants 40 hours a week: 4 of 160 are promised.
    assert [s.score for s in one.scores if s.name == "fairness"] == [score]
