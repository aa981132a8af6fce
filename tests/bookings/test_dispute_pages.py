"""The pages on which two sides agree, and the one on which the office says what holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape

from bookings import operations
from bookings.models import Booking, Declaration, Leave, Visit
from bookings.types import BookingCard
from coop.hours import queries as hours
from coop.members.models import User
from coop.members.types import MemberRef
from coop.notices.models import Notice
from coop.realtime import person_group
from tests.factories.bookings import (
    ServiceTown,
    begin,
    make_service_ready_town,
    usual_day,
    wall,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def after(card: BookingCard) -> Iterator[None]:
    """An hour after the booked end."""
    with time_machine.travel(card.during.end + timedelta(hours=1), tick=False):
        yield


def enter(ref: MemberRef) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=str(ref.person_id)))
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def disputed(place: ServiceTown, card: BookingCard) -> str:
    """She says until two, the household until noon; the address of the office's page."""
    at, day = card.during.end + timedelta(hours=1), usual_day(place)
    begin(place, card)
    operations.declare(
        by=place.workers[0], at=at, booking_id=card.id, during=wall(place, day, 9, 14),
        note="I was asked to iron.",
    )  # fmt: skip
    operations.declare(
        by=place.household, at=at, booking_id=card.id, during=wall(place, day, 9, 12),
        note="She left at noon.",
    )  # fmt: skip
    return f"/book/visits/{card.id}/settle/"


def paid(place: ServiceTown) -> int:
    return sum(line.paid_seconds for line in hours.hours_of(cooperative_id=place.id))


@pytest.mark.usefixtures("after")
def test_the_coordinator_sees_both_sides_and_settles(place: ServiceTown, card: BookingCard) -> None:
    url, desk = disputed(place, card), enter(place.coordinator)
    assert url in page(desk, "/book/desk/")
    text = page(desk, url)
    for said in ("09:00–14:00", "I was asked to iron.", "09:00–12:00", "She left at noon."):
        assert said in text
    assert paid(place) == 4 * 3600 + 1800  # three hours, topped up to the minimum visit, and travel
    answer = desk.post(url, {"holds": "worker", "reason": "The household wrote so."})
    assert (answer.status_code, answer["Location"]) == (302, "/book/desk/")
    assert Booking.objects.get().state == "settled"
    assert paid(place) == 5 * 3600 + 1800
    told = Notice.objects.filter(template="visit_settled")
    assert {n.person_id for n in told} == {place.household.person_id, place.workers[0].person_id}
    assert {n.context["times"] for n in told} == {"09:00–14:00"}
    for who in (place.household, place.workers[0]):
        assert "The household wrote so." in page(enter(who), f"/book/visits/{card.id}/")


@pytest.mark.usefixtures("after")
def test_another_time_can_hold(place: ServiceTown, card: BookingCard) -> None:
    url, desk = disputed(place, card), enter(place.coordinator)
    said = {"holds": "other", "starts": "09:00", "ends": "13:30", "reason": "Both agree by phone."}
    assert desk.post(url, said).status_code == 302
    assert paid(place) == 4 * 3600 + 1800 + 1800


@pytest.mark.usefixtures("after")
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"holds": "worker"}, "This field is required."),
        ({"holds": "other", "reason": "So."}, "Say both: from when and until when."),
        ({"holds": "other", "starts": "09:00", "ends": "10:00", "reason": "So."},
         "What both sides agreed on is paid already."),
        ({"reason": "So."}, "This field is required."),
    ],
)  # fmt: skip
def test_what_cannot_hold_is_said_and_changes_nothing(
    place: ServiceTown, card: BookingCard, said: dict[str, str], told: str
) -> None:
    url, desk = disputed(place, card), enter(place.coordinator)
    answer = desk.post(url, said)
    assert answer.status_code == 200
    assert escape(told) in answer.content.decode()
    assert (Booking.objects.get().state, Declaration.objects.count()) == ("disputed", 2)
    assert not Notice.objects.filter(template="visit_settled").exists()


@pytest.mark.usefixtures("after")
def test_only_the_coordinator_of_this_cooperative_settles(
    place: ServiceTown, card: BookingCard
) -> None:
    url, other = disputed(place, card), make_service_ready_town()
    said = {"holds": "worker", "reason": "So."}
    for ref in (place.household, place.workers[0], other.coordinator):
        client = enter(ref)
        assert client.get(url).status_code == client.post(url, said).status_code == 404
    assert Booking.objects.get().state == "disputed"


@pytest.mark.usefixtures("after")
def test_the_worker_agrees_to_what_the_household_told(
    place: ServiceTown, card: BookingCard
) -> None:
    household, worker = enter(place.household), enter(place.workers[0])
    url = f"/book/visits/{card.id}/times/"
    assert url in page(household, f"/book/visits/{card.id}/")
    assert household.post(url, {"starts": "09:00", "ends": "12:00"}).status_code == 302
    assert "09:00–12:00" in page(worker, "/book/today/")
    text = page(worker, url)
    assert "The household says" in text
    [said] = Declaration.objects.all()
    worker.post(url, {"agree": said.said_at.isoformat()})
    assert Booking.objects.get().state == "done"
    assert Visit.objects.get().during.upper == wall(place, usual_day(place), 9, 12).end


@pytest.mark.usefixtures("after")
def test_who_agrees_with_a_word_that_changed_is_asked_to_read_it(
    place: ServiceTown, card: BookingCard
) -> None:
    worker, url = enter(place.workers[0]), f"/book/visits/{card.id}/times/"
    at = card.during.end
    operations.declare(by=place.household, at=at, booking_id=card.id, during=card.during)
    for stale in ((at - timedelta(minutes=1)).isoformat(), "yes"):
        answer = worker.post(url, {"agree": stale})
        assert answer.status_code == 200
        assert "then agree." in answer.content.decode()
    assert not Visit.objects.exists()


@pytest.mark.usefixtures("after")
def test_a_visit_nobody_spoke_of_is_settled_on_the_same_page(
    place: ServiceTown, card: BookingCard
) -> None:
    desk, url = enter(place.coordinator), f"/book/visits/{card.id}/settle/"
    text = page(desk, "/book/desk/")
    assert "Over, and nobody said when it was" in text
    assert url in text
    desk.post(url, {"holds": "booked", "reason": "Both phoned."})
    assert (Booking.objects.get().state, paid(place)) == ("settled", 4 * 3600 + 1800)


def test_a_wrong_code_is_said_on_the_page_and_after_five_no_code_is_asked(
    place: ServiceTown, card: BookingCard
) -> None:
    worker, url = enter(place.workers[0]), f"/book/work/{card.id}/arrive/"
    wrong = f"{(int(card.client_code) + 1) % 10_000:04d}"
    with time_machine.travel(card.during.start, tick=False):
        assert 'name="code"' in page(worker, "/book/today/")
        answer = worker.post(url, {"code": wrong}, follow=True).content.decode()
        assert escape("These are not the household's four digits.") in answer
        for _ in range(4):
            worker.post(url, {"code": wrong})
        text = page(worker, "/book/today/")
        assert 'name="code"' not in text
        assert "The code was wrong too often." in text
        worker.post(url)
        enter(place.household).post(f"/book/visits/{card.id}/here/")
    assert Booking.objects.get().state == "in_progress"


@pytest.mark.parametrize("kind", ["leave", "illness", "family", "training"])
def test_every_kind_of_leave_on_the_page_can_be_taken(place: ServiceTown, kind: str) -> None:
    worker = enter(place.workers[0])
    said = {"form": "leave", "first": "2026-04-01", "last": "2026-04-02", "kind": kind}
    assert worker.post("/book/time/", said).status_code == 302
    assert Leave.objects.get().kind == kind


def test_each_act_of_one_side_is_hinted_to_the_other(
    place: ServiceTown, card: BookingCard, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "coop.realtime._send",
        lambda groups, hint: heard.extend((group, hint["what"]) for group in groups),
    )
    sides = [place.household, place.workers[0]]
    groups = {(person_group(ref.person_id), "booking") for ref in sides if ref.person_id}
    acts: list[Callable[[], object]] = [
        lambda: begin(place, card),
        lambda: operations.check_out(by=sides[1], at=card.during.end, booking_id=card.id),
        lambda: operations.confirm_visit(by=sides[0], at=card.during.end, booking_id=card.id),
    ]
    for act in acts:
        heard.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        assert groups <= set(heard)
