"""Nothing that leaves the house carries an address: no message, event, hint, trail or page."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from bookings import events as booking_events
from bookings import operations, queries
from bookings.models import Booking
from bookings.types import WorkerReason
from coop import events, realtime
from coop.members.models import User
from coop.members.types import MemberRef
from tests.factories.bookings import (
    ServiceTown,
    begin,
    book,
    make_service_ready_town,
    offer_to,
    request,
    settle_outbox,
    usual_day,
    wall,
)  # fmt: skip

pytestmark = pytest.mark.django_db
SECRET = "Fig Street"


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """Every event of bookings as text."""
    said: list[str] = []

    def listen(event: object) -> None:
        said.append(repr(event))

    kinds = [kind for _, kind in inspect.getmembers(booking_events, inspect.isclass)]
    for kind in kinds:
        events.react_to(kind)(listen)
    yield said
    for kind in kinds:
        if listen in events._reactions[kind]:
            events._reactions[kind].remove(listen)


@pytest.fixture
def hinted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every hint as text, on its way through the real layer."""
    said: list[str] = []
    send = realtime._send

    def note(groups: list[str], hint: dict[str, object]) -> None:
        said.append(repr((groups, hint)))
        send(groups, hint)

    monkeypatch.setattr(realtime, "_send", note)
    return said


def keepers_of(secret: str) -> list[str]:
    """The tables of the whole database in which a row says it."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = []
        for name in sorted(names):
            cursor.execute(
                f'SELECT count(*) FROM "{name}" AS row WHERE row::text LIKE %s',
                [f"%{secret}%"],
            )
            if cursor.fetchone()[0]:
                found.append(name)
    return found


def a_busy_month(place: ServiceTown) -> None:
    """A visit done with a dispute, one cancelled late, one given back, one that ran out."""
    day = usual_day(place)
    done = book(place, wall(place, day, 9, 13))
    settle_outbox(done.during.start - timedelta(hours=2))
    queries.address_for_worker(by=place.workers[0], booking_id=done.id, at=done.during.start)
    begin(place, done)
    operations.check_out(by=place.workers[0], at=done.during.end, booking_id=done.id)
    now = done.during.end + timedelta(hours=1)
    shorter = wall(place, day, 9, 12)
    operations.declare(by=place.household, at=now, booking_id=done.id, during=shorter)
    operations.settle(
        by=place.coordinator, at=now, booking_id=done.id, during=done.during, reason="she was there"
    )
    late = book(place, wall(place, day + timedelta(days=1), 9, 13))
    at = late.during.start - timedelta(hours=1)
    operations.cancel_by_client(by=place.household, at=at, booking_id=late.id, reason="ill")
    back = book(place, wall(place, day + timedelta(days=2), 9, 13))
    operations.cancel_by_worker(
        by=place.workers[0], at=at, booking_id=back.id, reason=WorkerReason.CARE
    )
    request(place, wall(place, day + timedelta(days=3), 9, 13))
    settle_outbox(now + timedelta(days=10))


def test_after_a_busy_month_only_the_address_itself_says_where(
    heard: list[str], hinted: list[str], django_capture_on_commit_callbacks: object
) -> None:
    place = make_service_ready_town(workers=2)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        a_busy_month(place)
    assert keepers_of(SECRET) == ["members_address"]
    assert len({word.split("(")[0] for word in heard}) >= 9
    assert hinted
    assert not [word for word in [*heard, *hinted] if SECRET in word]


def test_a_message_that_said_it_would_be_found() -> None:
    place = make_service_ready_town()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bookings_service SET name = %s WHERE cooperative_id = %s AND code = 'cleaning'",
            ["12 Fig Street", place.id],
        )
    request(place)
    assert {"bookings_service", "coop_audit_entry", "members_address"} <= set(keepers_of(SECRET))


def pages(who: MemberRef, at: datetime, paths: list[str]) -> list[str]:
    """The pages of a person that say the address at an instant."""
    client = Client()
    client.force_login(User.objects.get(pk=str(who.person_id)))
    with time_machine.travel(at, tick=False):
        return [path for path in paths if SECRET in client.get(path).content.decode()]


def test_her_pages_show_it_only_with_her_next_visit_and_only_in_its_hours() -> None:
    place = make_service_ready_town(workers=2)
    booking = request(place)
    offer = offer_to(place, booking, place.workers[0], place.at)
    job = f"/book/work/{booking}/"
    paths = [
        job, "/", "/book/today/", "/book/work/", "/book/time/", "/home/", "/inbox/", "/hours/",
        f"/book/offers/{offer.id}/", f"/book/offers/{offer.id}/why/", f"/book/visits/{booking}/",
    ]  # fmt: skip
    visit = queries.booking(by=place.household, booking_id=booking).during
    assert pages(place.workers[0], place.at, paths) == []
    operations.accept(by=place.workers[0], at=place.at, offer_id=offer.id)
    operations.confirm(by=place.town.system, at=place.at, booking_id=booking)
    for at, shown in (
        (visit.start - timedelta(hours=25), []),
        (visit.start - timedelta(hours=1), [job, "/book/today/"]),
        (visit.end + timedelta(hours=3), []),
    ):
        assert pages(place.workers[0], at, paths) == shown
        assert pages(place.workers[1], at, paths) == []


def test_a_street_in_the_wishes_is_read_only_by_who_took_the_visit_and_with_its_address() -> None:
    place = make_service_ready_town()
    worker, booking_id = place.workers[0], request(place)
    Booking.objects.filter(id=booking_id).update(wishes=f"Ring at 12 {SECRET}.")
    offer = offer_to(place, booking_id, worker, place.at)
    paths = [f"/book/offers/{offer.id}/", f"/book/offers/{offer.id}/why/", "/book/today/"]
    assert pages(worker, place.at, paths) == []
    assert queries.offer(by=worker, offer_id=offer.id).has_wishes
    assert SECRET not in repr(queries.offers(by=worker, at=place.at))
    operations.accept(by=worker, at=place.at, offer_id=offer.id)
    visit = queries.booking(by=place.household, booking_id=booking_id).during
    job, desk = f"/book/work/{booking_id}/", f"/book/visits/{booking_id}/"
    for at, shown in (
        (visit.start - timedelta(hours=24, seconds=1), []),
        (visit.start - timedelta(hours=24), [job]),
        (visit.end + timedelta(hours=2, seconds=-1), [job]),
        (visit.end + timedelta(hours=2), []),
    ):
        assert pages(worker, at, [job]) == shown
        assert pages(place.coordinator, at, [desk, "/book/desk/"]) == []
        assert pages(place.household, at, [desk]) == [desk]
    assert SECRET not in repr(queries.work(by=worker, booking_id=booking_id))
    seen = queries.address_for_worker(by=worker, booking_id=booking_id, at=visit.start)
    assert seen.wishes == f"Ring at 12 {SECRET}."
    assert queries.booking(by=place.coordinator, booking_id=booking_id).wishes == ""
    assert queries.booking(by=worker, booking_id=booking_id).wishes == ""
