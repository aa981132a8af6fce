"""A price or a leave that is asked for twice is asked for once; what cannot be is refused."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from bookings import operations
from bookings.models import Booking, Leave, Quote, Series
from bookings.operations import _quote
from bookings.types import PaidBy, QuoteCard, Weekly
from coop.audit.models import Entry
from coop.kernel import BadInput, NotFound, RuleBroken, TimeRange
from coop.members.models import User
from coop.notices.models import Notice
from coop.outbox.models import Promise
from tests.bookings.calling import Caller, clock
from tests.factories import make_household
from tests.factories.bookings import ServiceTown, make_service_ready_town, usual_day, wall

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture
def place() -> ServiceTown:
    return make_service_ready_town()


def everything() -> tuple[int, ...]:
    kinds = (Quote, Leave, Booking, Series, Entry, Notice, Promise)
    return tuple(kind.objects.count() for kind in kinds)


def priced(place: ServiceTown, during: TimeRange, key: UUID | None = None) -> QuoteCard:
    assert place.household.household_id is not None
    return operations.make_quote(
        by=place.household, at=place.at, household_id=place.household.household_id,
        address_id=place.address_id, service="cleaning", during=during, paid_by=PaidBy.MANUAL,
        request_id=key,
    )  # fmt: skip


def away(place: ServiceTown, key: UUID, days: int = 2) -> UUID:
    worker = place.workers[0]
    assert worker.worker_id is not None
    return operations.take_leave(
        by=worker, at=place.at, worker_id=worker.worker_id, first_on=date(2026, 4, 1),
        until_on=date(2026, 4, 1) + timedelta(days=days), request_id=key,
    )  # fmt: skip


def test_the_same_request_is_the_same_price_and_another_wish_needs_another(
    place: ServiceTown,
) -> None:
    nine, ten = (wall(place, usual_day(place), hour, hour + 4) for hour in (9, 10))
    key = uuid4()
    first = priced(place, nine, key)
    before = everything()
    assert priced(place, nine, key) == first
    with pytest.raises(RuleBroken) as refused:
        priced(place, ten, key)
    neighbour, address = make_household(place.town, "Neighbour")
    with pytest.raises(NotFound) as hidden:
        priced(ServiceTown(place.town, neighbour, address, []), nine, key)
    assert (refused.value.code, hidden.value.code) == ("request_used", "household_unknown")
    assert Quote.objects.count() == 1
    assert before[0] == 1
    assert priced(place, nine, uuid4()).id != first.id


def test_a_twin_that_overtakes_it_is_its_answer(
    place: ServiceTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    nine, key = wall(place, usual_day(place), 9, 13), uuid4()
    real, twins = _quote._kept, list[QuoteCard]()

    def slow(by: object, request_id: UUID) -> None:
        monkeypatch.setattr(_quote, "_kept", real)
        twins.append(priced(place, nine, request_id))

    monkeypatch.setattr(_quote, "_kept", slow)
    told = priced(place, nine, key)
    assert ([told], Quote.objects.count()) == (twins, 1)


def test_the_same_request_is_the_same_leave(place: ServiceTown) -> None:
    key = uuid4()
    first = away(place, key)
    before = everything()
    assert away(place, key) == first
    with pytest.raises(RuleBroken) as refused:
        away(place, key, days=3)
    assert refused.value.code == "request_used"
    assert everything() == before
    assert Leave.objects.count() == 1
    assert away(place, uuid4()) != first


def test_over_the_api_and_from_a_page_twice_is_once(place: ServiceTown) -> None:
    household, worker = Caller(place.household, place.at), Caller(place.workers[0], place.at)
    nine = wall(place, usual_day(place), 9, 13)
    ask = {
        "request_id": str(uuid4()), "address_id": str(place.address_id), "service": "cleaning",
        "during": {"start": nine.start.isoformat(), "end": nine.end.isoformat()},
    }  # fmt: skip
    leave = {"request_id": str(uuid4()), "first_on": "2026-05-01", "until_on": "2026-05-03"}
    with clock(place.at):
        assert household.post("/quotes", ask) == household.post("/quotes", ask)
        assert worker.post("/times/leave", leave) == worker.post("/times/leave", leave)
        page = Client()
        page.force_login(User.objects.get(pk=str(place.workers[0].person_id)))
        form = {
            "form": "leave", "first": "2026-06-01", "last": "2026-06-02", "kind": "leave",
            "request_id": str(uuid4()),
        }  # fmt: skip
        for sent in (form, form, {**form, "last": "2026-06-03"}):
            assert page.post("/book/time/", sent).status_code == 302
        assert 'name="request_id"' in page.get("/book/time/").content.decode()
    assert (Quote.objects.count(), Leave.objects.count()) == (1, 3)


@pytest.mark.parametrize(
    ("ahead", "code"),
    [(timedelta(0), "visit_in_the_past"), (-YEAR * 40, "visit_in_the_past"),
     (YEAR + timedelta(minutes=1), "visit_too_far")],
)  # fmt: skip
def test_a_price_is_for_a_time_to_come_and_at_most_a_year_ahead(
    place: ServiceTown, ahead: timedelta, code: str
) -> None:
    start = place.at + ahead
    before = everything()
    with pytest.raises(BadInput) as refused:
        priced(place, TimeRange(start, start + timedelta(hours=4)))
    assert (refused.value.code, everything()) == (code, before)


def test_a_price_of_the_last_day_of_the_year_is_made(place: ServiceTown) -> None:
    start = place.at + YEAR
    assert priced(place, TimeRange(start, start + timedelta(hours=4))).price.minor > 0


@pytest.mark.parametrize("ends", [time(9), time(8, 59), time(1, 1)])
def test_a_series_that_ends_before_it_starts_is_refused(place: ServiceTown, ends: time) -> None:
    assert place.household.household_id is not None
    before = everything()
    with pytest.raises(BadInput) as refused:
        operations.request_series(
            by=place.household, at=place.at, request_id=uuid4(), address_id=place.address_id,
            household_id=place.household.household_id, service="cleaning",
            weekly=Weekly(usual_day(place), time(9), ends, place.household.zone, 1, 2),
        )  # fmt: skip
    assert refused.value.code == "series_ends_before_it_starts"
    assert everything() == before


def test_a_null_character_is_refused_as_such_at_every_door(place: ServiceTown) -> None:
    nine, before = wall(place, usual_day(place), 9, 13), everything()
    quote, household = priced(place, nine), Caller(place.household, place.at)
    before = everything()
    with clock(place.at):
        ask = {"request_id": str(uuid4()), "quote_id": str(quote.id), "wishes": "A\x00dog"}
        status, said = household.post("/", ask)
        assert (status, said["code"]) == (400, "text_unreadable")
    with pytest.raises(BadInput) as refused:
        operations.request_booking(
            by=place.household, at=place.at, request_id=uuid4(), quote_id=quote.id, wishes="\x00"
        )
    assert refused.value.code == "text_unreadable"
    page = Client()
    page.force_login(User.objects.get(pk=str(place.household.person_id)))
    with time_machine.travel(place.at, tick=False):
        answer = page.post(f"/book/price/{quote.id}/", {"wishes": "A\x00dog"})
        assert (answer.status_code, "cannot be kept" in answer.content.decode()) == (400, True)
        assert page.get("/book/?service=\x00").status_code == 400
    assert everything() == before
