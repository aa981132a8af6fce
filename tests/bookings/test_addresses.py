"""I12: her worker reads the address from acceptance to two hours after the visit; nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bookings import operations, queries
from bookings.models import Booking
from bookings.queries import addresses
from bookings.types import AddressView, BookingCard, WorkerReason
from coop.audit.models import Entry
from coop.kernel import NotFound
from coop.members.types import MemberRef
from tests.factories.bookings import (
    ServiceTown,
    begin,
    book,
    make_service_ready_town,
    offer_to,
    request,
    usual_day,
    wall,
)  # fmt: skip

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)
DAY, TWO_HOURS = timedelta(hours=24), timedelta(hours=2)


@pytest.fixture
def place() -> ServiceTown:
    return make_service_ready_town(workers=2)


def read(place: ServiceTown, card: BookingCard, at: datetime, who: MemberRef | None = None) -> str:
    """ "whole", "area" or "none", and what the trail keeps of it."""
    before = Entry.objects.filter(sentence__startswith="read the").count()
    try:
        seen = queries.address_for_worker(by=who or place.workers[0], booking_id=card.id, at=at)
    except NotFound:
        assert Entry.objects.filter(sentence__startswith="read the").count() == before
        return "none"
    assert Entry.objects.filter(sentence__startswith="read the").count() == before + 1
    return said(seen)


def said(seen: AddressView) -> str:
    assert seen.area == "Melville"
    if seen.lines:
        assert seen.lines == "12 Fig Street"
        return "whole"
    assert (seen.notes, seen.wishes) == ("", "")
    return "area"


def test_every_boundary_from_acceptance_to_two_hours_after(place: ServiceTown) -> None:
    card = book(place)
    start, end = card.during.start, card.during.end
    instants = {
        place.at: "area",
        start - DAY - TICK: "area",
        start - DAY: "whole",
        start: "whole",
        end: "whole",
        end + TWO_HOURS - TICK: "whole",
        end + TWO_HOURS: "none",
        end + timedelta(days=365): "none",
    }
    assert {at: read(place, card, at) for at in instants} == instants


def test_before_acceptance_it_does_not_exist(place: ServiceTown) -> None:
    booking = request(place)
    asked = queries.booking(by=place.household, booking_id=booking)
    near = asked.during.start - timedelta(hours=1)
    assert read(place, asked, near) == "none"  # nobody is asked
    offer = offer_to(place, booking, place.workers[0], near)
    assert read(place, asked, near) == "none"  # asked, not accepted
    operations.accept(by=place.workers[0], at=near, offer_id=offer.id)
    assert read(place, asked, near) == "whole"
    assert read(place, asked, near, place.workers[1]) == "none"


def test_it_ends_two_hours_after_she_really_left(place: ServiceTown) -> None:
    card = book(place)
    begin(place, card)
    left = card.during.end - timedelta(hours=1)
    operations.check_out(by=place.workers[0], at=left, booking_id=card.id)
    operations.confirm_visit(by=place.household, at=left, booking_id=card.id)
    assert read(place, card, left + TWO_HOURS - TICK) == "whole"
    assert read(place, card, left + TWO_HOURS) == "none"


def test_after_a_cancellation_it_is_gone(place: ServiceTown) -> None:
    card = book(place)
    at = card.during.start - timedelta(hours=1)
    assert read(place, card, at) == "whole"
    operations.cancel_by_client(by=place.household, at=at, booking_id=card.id)
    assert read(place, card, at) == "none"


def test_after_she_gave_it_back_it_is_gone_and_the_next_has_it(place: ServiceTown) -> None:
    card = book(place)
    at = card.during.start - timedelta(hours=3)
    operations.cancel_by_worker(
        by=place.workers[0], at=at, booking_id=card.id, reason=WorkerReason.CARE
    )
    assert read(place, card, at) == "none"
    offer = offer_to(place, card.id, place.workers[1], at)
    operations.accept(by=place.workers[1], at=at, offer_id=offer.id)
    assert read(place, card, at) == "none"
    assert read(place, card, at, place.workers[1]) == "whole"


def test_nobody_else_reads_it_through_this_door(place: ServiceTown) -> None:
    card, other = book(place), make_service_ready_town()
    at = card.during.start
    for who in (
        place.workers[1], place.coordinator, place.town.officer("board"), place.household,
        other.workers[0], other.coordinator, place.town.system,
    ):  # fmt: skip
        assert read(place, card, at, who) == "none"


def test_the_trail_says_who_read_how_much_but_not_what(place: ServiceTown) -> None:
    card = book(place)
    for at in (place.at, card.during.start):
        read(place, card, at)
    rows = Entry.objects.filter(sentence__startswith="read the").order_by("at")
    assert [row.sentence for row in rows] == [
        "read the area of a visit", "read the address of a visit",
    ]  # fmt: skip
    assert {row.actor_id for row in rows} == {place.workers[0].person_id}
    assert [row.facts["whole"] for row in rows] == ["False", "True"]
    assert [(row.about_kind, row.about_id) for row in rows] == [
        ("household", card.household_id), ("household", card.household_id),
    ]  # fmt: skip
    assert not any("Fig" in str(row.facts) for row in rows)


@pytest.mark.parametrize(
    ("guard", "removed"), [("GONE_AFTER", timedelta(days=90)), ("_NEVER", set())]
)
def test_without_its_guard_the_address_would_stay_readable(
    place: ServiceTown, guard: str, removed: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = book(place, wall(place, usual_day(place), 9, 13))
    at = card.during.end + timedelta(days=30)
    if guard == "_NEVER":
        at = card.during.start - timedelta(hours=1)
        operations.cancel_by_client(by=place.household, at=at, booking_id=card.id)
    assert read(place, card, at) == "none"
    monkeypatch.setattr(addresses, guard, removed)
    assert read(place, card, at) == "whole"


def test_the_wishes_open_with_the_whole_address_and_without_the_wait_at_once(
    place: ServiceTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Free words may say where it is: the trail's check names who read them too early."""
    card = book(place)
    Booking.objects.update(wishes="The green gate at 12 Fig Street.")

    def wishes(at: datetime) -> str:
        seen = queries.address_for_worker(by=place.workers[0], booking_id=card.id, at=at)
        return seen.wishes

    assert wishes(card.during.start - DAY - TICK) == ""
    assert wishes(card.during.start - DAY) == "The green gate at 12 Fig Street."
    assert queries.breaches(cooperative_id=place.id) == []
    monkeypatch.setattr(addresses, "FULL_BEFORE", timedelta(days=90))
    assert wishes(place.at) == "The green gate at 12 Fig Street."
    [found] = queries.breaches(cooperative_id=place.id)
    assert found.what == "a whole address was read more than a day before the visit"
