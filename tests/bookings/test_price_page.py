"""What a household reads of a price and of a series: where each comes from, and what is missing."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from bookings import operations, queries
from bookings.models import Series
from bookings.policies import LIVING_WAGE_FLOOR
from bookings.types import PaidBy, Weekly
from coop.kernel import Money
from coop.members.models import User
from coop.members.types import MemberRef
from governance import operations as deciding
from governance import queries as governance
from tests.factories.bookings import make_service_ready_town, price, request, usual_day, wall
from tests.factories.governance import pass_policy, propose_change

pytestmark = pytest.mark.django_db


def words(ref: MemberRef, address: str) -> str:
    client = Client()
    client.force_login(
        User.objects.get(pk=str(ref.person_id)), "django.contrib.auth.backends.ModelBackend"
    )
    page = client.get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_each_thread_of_a_price_names_the_vote_it_stands_on() -> None:
    place = make_service_ready_town()
    terms = {"currency": "ZAR", "default": "48.00", "services": {}}
    pass_policy(place.town, "living_wage_floor", terms, date(2026, 5, 1), place.at)
    at = place.at + timedelta(days=60)
    with time_machine.travel(at, tick=False):
        booking = request(place, wall(place, date(2026, 5, 6), 9, 13), at=at)
        quote = queries.booking(by=place.household, booking_id=booking).quote_id
        told = words(place.household, f"/book/price/{quote}/")
    assert "Since Fri 1 May 2026, by the vote “Change living_wage_floor”." in told
    assert "Since the founding, Mon 2 Mar 2026." in told


def test_a_series_shows_the_dates_it_could_not_book() -> None:
    place = make_service_ready_town()
    first = usual_day(place)
    request(place)
    assert place.household.household_id is not None
    made = operations.request_series(
        by=place.household, at=place.at, request_id=uuid4(), address_id=place.address_id,
        household_id=place.household.household_id, service="cleaning", paid_by=PaidBy.MANUAL,
        weekly=Weekly(first, time(9), time(13), place.household.zone, count=3),
        despite_conflicts=True,
    )  # fmt: skip
    assert made.series_id is not None
    assert made.dates == (first + timedelta(days=7), first + timedelta(days=14))
    [left] = queries.dates_not_booked(by=place.household, series_id=made.series_id)
    assert (left.on, left.code) == (first, "already_booked")
    with time_machine.travel(place.at, tick=False):
        told = words(place.household, f"/book/series/{made.series_id}/")
    assert told.count("Not booked") == 1
    assert (
        "Wed 11 Mar 2026 – Not booked There is a visit at this address at that time already."
        in told
    )


def test_a_series_without_a_date_is_refused_on_the_page_with_every_reason() -> None:
    place = make_service_ready_town(workers=0)
    made = price(place, wall(place, usual_day(place), 9, 13))
    client = Client()
    client.force_login(User.objects.get(pk=str(place.household.person_id)))
    ask = {"every": 1, "count": 2, "wishes": "", "others": "yes"}
    with time_machine.travel(place.at, tick=False):
        page = client.post(f"/book/price/{made.id}/", ask).content.decode()
    assert "None of the 2 dates can be booked, so nothing is." in page
    assert page.count("No worker is free and near at that time") == 2
    assert "Book the other" not in page
    assert not Series.objects.exists()


def test_a_worker_reads_a_new_floor_in_the_week_she_wants() -> None:
    """Her forty hours: 40 × 45.00 is 1800.00, 40 × 48.00 is 1920.00; the board has no such week."""
    place = make_service_ready_town()
    later = date(2026, 5, 1)
    terms = {"currency": "ZAR", "default": "48.00", "services": {}}
    proposal = propose_change(place.town, LIVING_WAGE_FLOOR.name, terms, later, place.at)
    board = place.town.officer("board")
    deciding.start_discussion(by=board, at=place.at, proposal_id=proposal)
    view = governance.proposal(place.workers[0], proposal_id=proposal, on=place.at.date())
    [change] = view.changes
    before, after = Money.of("1800.00", "ZAR"), Money.of("1920.00", "ZAR")
    assert change.rows == (("Your week of 40 hours", before, after),)
    [for_board] = governance.proposal(board, proposal_id=proposal, on=place.at.date()).changes
    assert for_board.rows == ()
