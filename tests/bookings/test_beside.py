"""Two visits of one address at the same time are booked only when the household says so."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from bookings import operations
from bookings.models import Booking
from bookings.operations import _request
from coop.audit.models import Entry
from coop.kernel import RuleBroken
from coop.members.models import User
from coop.notices.models import Notice
from coop.outbox.models import Promise
from tests.bookings.calling import Caller, clock
from tests.factories.bookings import ServiceTown, make_service_ready_town, price, usual_day, wall
from tests.factories.bookings import request as ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> ServiceTown:
    """A visit stands from nine to one."""
    town = make_service_ready_town()
    ask(town, beside=False)
    return town


def quoted(place: ServiceTown, starts: int, ends: int) -> UUID:
    return price(place, wall(place, usual_day(place), starts, ends)).id


def booked(place: ServiceTown, starts: int, ends: int, *, beside: bool = False) -> UUID:
    quote = quoted(place, starts, ends)
    return operations.request_booking(
        by=place.household, at=place.at, request_id=uuid4(), quote_id=quote, beside=beside
    )


def everything() -> tuple[int, ...]:
    return tuple(kind.objects.count() for kind in (Booking, Entry, Notice, Promise))


def test_an_overlap_is_refused_by_name_and_nothing_is_changed_or_told(place: ServiceTown) -> None:
    quote = quoted(place, 12, 16)
    before = everything()
    with pytest.raises(RuleBroken) as refused:
        operations.request_booking(
            by=place.household, at=place.at, request_id=uuid4(), quote_id=quote
        )
    assert refused.value.code == "already_booked_then"
    assert refused.value.message == (
        "Cleaning is booked at this address at that time already (09:00–13:00)."
        " Book another time, or say that you want both."
    )
    assert everything() == before


def test_right_after_it_or_beside_it_by_word_is_booked(place: ServiceTown) -> None:
    booked(place, 13, 17)
    booked(place, 12, 16, beside=True)
    assert Booking.objects.count() == 3


def test_a_visit_that_was_cancelled_is_in_nobodys_way(place: ServiceTown) -> None:
    standing = Booking.objects.get().id
    operations.cancel_by_client(by=place.household, at=place.at, booking_id=standing)
    booked(place, 12, 16)
    assert Booking.objects.filter(state="requested").count() == 1


def test_the_database_refuses_what_two_who_looked_at_once_would_book(
    place: ServiceTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_request, "_others_then", lambda quote: Booking.objects.none())
    with pytest.raises(RuleBroken) as refused:
        booked(place, 12, 16)
    assert (refused.value.code, Booking.objects.count()) == ("already_booked_then", 1)
    booked(place, 12, 16, beside=True)
    with pytest.raises(IntegrityError, match="household_booked_once"), transaction.atomic():
        Booking.objects.update(beside=False)


def test_over_the_api_and_on_the_page_the_household_is_asked(place: ServiceTown) -> None:
    household, first = Caller(place.household, place.at), quoted(place, 12, 16)
    wish = {"request_id": str(uuid4()), "quote_id": str(first)}
    with clock(place.at):
        status, said = household.post("/", wish)
        assert (status, said["code"]) == (409, "already_booked_then")
        assert household.post("/", {**wish, "beside": True})[0] == 201
    second = f"/book/price/{quoted(place, 10, 12)}/"
    page = Client()
    page.force_login(User.objects.get(pk=str(place.household.person_id)))
    with time_machine.travel(place.at + timedelta(minutes=1), tick=False):
        shown = page.post(second, {"every": "0", "count": "8", "wishes": ""}).content.decode()
        assert 'name="beside" value="yes"' in shown
        assert "Book both" in shown
        assert Booking.objects.count() == 2
        answer = page.post(second, {"every": "0", "count": "8", "wishes": "", "beside": "yes"})
        assert answer.status_code == 302
    assert Booking.objects.filter(beside=True).count() == 2
