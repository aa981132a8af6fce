"""What the pages say of a visit: that it is over, why more time is paid, and rules one may read."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from bookings import operations, queries
from bookings.types import BookingState
from coop.home.templatetags.letsema import standing
from coop.members.models import User
from coop.members.types import MemberRef
from tests.factories.bookings import (
    ServiceTown,
    begin,
    book,
    make_service_ready_town,
    request,
    usual_day,
    wall,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> ServiceTown:
    return make_service_ready_town()


def enter(ref: MemberRef) -> Client:
    client = Client()
    person = User.objects.get(pk=str(ref.person_id))
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def words(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_visit_is_happening_until_its_end_and_over_from_then(place: ServiceTown) -> None:
    card = book(place)
    begin(place, card)
    going = queries.booking(by=place.household, booking_id=card.id)
    assert going.state is BookingState.IN_PROGRESS
    assert standing(going, card.during.end - timedelta(minutes=1)) == "in_progress"
    assert standing(going, card.during.end) == "over"


@pytest.mark.parametrize("minutes", [-10, 60])
def test_both_sides_read_whether_it_is_over(place: ServiceTown, minutes: int) -> None:
    card = book(place)
    begin(place, card)
    with time_machine.travel(card.during.end + timedelta(minutes=minutes), tick=False):
        pages = [
            words(enter(place.household), "/book/visits/"),
            words(enter(place.household), f"/book/visits/{card.id}/"),
            words(enter(place.workers[0]), f"/book/work/{card.id}/"),
        ]
    over = minutes > 0
    assert [("Over, not agreed yet" in page) for page in pages] == [over] * 3
    assert [("Happening now" in page) for page in pages] == [not over] * 3
    assert ("She is with you." in pages[0]) is not over


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (11, "4 h 30 min paid: 4 h, the least for a visit, and 30 min for the way"),
        (14, "5 h 30 min paid, 30 min of it for the way"),
    ],
)
def test_an_offer_says_why_more_time_is_paid(place: ServiceTown, ends: int, said: str) -> None:
    asked = request(place, wall(place, usual_day(place), 9, ends))
    operations.offer_next(by=place.town.system, at=place.at, booking_id=asked)
    [offer] = queries.offers(by=place.workers[0], at=place.at)
    with time_machine.travel(place.at, tick=False):
        worker = enter(place.workers[0])
        assert said in words(worker, "/book/today/")
        assert said in words(worker, f"/book/offers/{offer.id}/")


def test_a_household_reads_every_rule_its_price_points_at(place: ServiceTown) -> None:
    booking = request(place)
    quote = queries.booking(by=place.household, booking_id=booking).quote_id
    home = enter(place.household)
    page = home.get(f"/book/price/{quote}/").content.decode()
    rules = set(re.findall(r'href="(/decide/rules/[a-z_]+/)"', page))
    assert "/decide/rules/living_wage_floor/" in rules
    assert re.search(r"<h1>(.*)</h1>", page)[1] == "Cleaning"  # type: ignore[index]
    assert page.count("<details open>") == 1  # the wage, and since which vote
    for rule in rules | {"/decide/rules/"}:
        shown = home.get(rule)
        assert shown.status_code == 200
        assert 'href="/decide/"' not in shown.content.decode()
    assert home.get("/decide/").status_code == 404
