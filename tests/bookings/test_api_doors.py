"""Cancelling, series, offers, times and the desk over the API; for others they do not exist."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from uuid import UUID, uuid4

import pytest

from bookings import queries
from bookings.models import AvailabilityWindow, Booking, Leave, Offer
from coop.members.types import MemberRef
from tests.bookings.calling import Caller, clock
from tests.bookings.test_api_visit import refused, span
from tests.factories.bookings import (
    ServiceTown,
    book,
    make_service_ready_town,
    offer_to,
    request,
    usual_day,
)
from tests.factories.people import make_household, make_worker

pytestmark = pytest.mark.django_db


def caller(place: ServiceTown, ref: MemberRef) -> Caller:
    return Caller(ref, place.at)


def test_what_cancelling_costs_is_told_before(place: ServiceTown) -> None:
    card, household = book(place), caller(place, place.household)
    half = card.price.times(Fraction(1, 2))
    with clock(place.at):
        assert household.get(f"/{card.id}/cancel")[1] == {"fee": {"minor": 0, "currency": "ZAR"}}
    with clock(card.during.start - timedelta(hours=2)):
        cost = {"fee": {"minor": half.minor, "currency": "ZAR"}}
        assert household.get(f"/{card.id}/cancel") == (200, cost)
        assert Booking.objects.get().state == "confirmed"
        assert household.post(f"/{card.id}/cancel", {"reason": "Ill."}) == (200, cost)
        assert refused(household.post(f"/{card.id}/cancel")) == (409, "booking_moved")
    assert Booking.objects.get().state == "cancelled"


def test_a_series_tells_its_conflicts_and_books_once(place: ServiceTown) -> None:
    household, day = caller(place, place.household), usual_day(place)
    request(place)
    ask = {
        "request_id": str(uuid4()), "address_id": str(place.address_id), "service": "cleaning",
        "first_on": day.isoformat(), "starts": "09:00", "ends": "13:00", "count": 3,
        "paid_by": "manual",
    }  # fmt: skip
    with clock(place.at):
        status, told = household.post("/series", ask)
        assert (status, told["series_id"], Booking.objects.count()) == (200, None, 1)
        assert [(c["on"], c["code"]) for c in told["conflicts"]] == [
            (day.isoformat(), "already_booked")
        ]
        sunday, week = day + timedelta(days=4), timedelta(days=7)
        closed = {**ask, "first_on": sunday.isoformat(), "count": 2, "despite_conflicts": True}
        status, none = household.post("/series", closed)
        each = f"{sunday} nobody_free, {sunday + week} nobody_free"
        assert (status, none["code"]) == (409, "series_has_no_date")
        assert none["facts"] == {"count": "2", "conflicts": each}
        status, made = household.post("/series", {**ask, "despite_conflicts": True})
        assert (status, len(made["booking_ids"]), Booking.objects.count()) == (201, 2, 3)
        again = household.post("/series", {**ask, "despite_conflicts": True})[1]
        assert again["booking_ids"] == made["booking_ids"]
        dates = household.get(f"/series/{made['series_id']}")[1]
        assert [d["id"] for d in dates] == made["booking_ids"]
        cancel = household.post(f"/series/{made['series_id']}/cancel")
        assert cancel == (200, {"count": 2})
    assert Booking.objects.filter(state="cancelled").count() == 2


def test_no_is_one_call_and_is_answered_once(place: ServiceTown) -> None:
    offer = offer_to(place, request(place), place.workers[0], place.at)
    worker = caller(place, place.workers[0])
    with clock(place.at):
        assert worker.post(f"/offers/{offer.id}/decline") == (204, None)
        assert refused(worker.post(f"/offers/{offer.id}/decline")) == (409, "offer_gone")
        assert refused(worker.post(f"/offers/{offer.id}/accept")) == (409, "offer_gone")
    assert Offer.objects.get().state == "declined"


def test_she_gives_a_visit_back_with_one_of_three_reasons(place: ServiceTown) -> None:
    card, worker = book(place), caller(place, place.workers[0])
    with clock(place.at):
        bad = worker.post(f"/work/{card.id}/withdraw", {"reason": "bored"})
        assert refused(bad) == (400, "input_unreadable")
        assert worker.get(f"/work/{card.id}")[0] == 200
        assert worker.post(f"/work/{card.id}/withdraw", {"reason": "illness"}) == (204, None)
        assert refused(worker.get(f"/work/{card.id}")) == (404, "booking_unknown")
    assert Booking.objects.get().worker_id is None


def test_she_says_when_she_can_work(place: ServiceTown) -> None:
    worker = caller(place, place.workers[0])
    week = {"week": [{"weekday": 2, "starts": "08:00", "ends": "12:00"}]}
    assert worker.put("/times/week", week) == (204, None)
    assert worker.put("/times/days/2026-03-12", {}) == (204, None)
    leave = {"first_on": "2026-04-01", "until_on": "2026-04-03", "kind": "illness"}
    leave["request_id"] = str(uuid4())
    assert worker.post("/times/leave", leave)[0] == 201
    _, told = worker.get("/times")
    assert told["week"] == [{"weekday": 2, "starts": "08:00:00", "ends": "12:00:00"}]
    assert told["exceptions"] == [{"on": "2026-03-12", "starts": None, "ends": None}]
    assert told["leave"] == [["2026-04-01", "2026-04-03", "illness"]]
    bad = worker.put("/times/week", {"week": [{**week["week"][0], "weekday": 7}]})
    assert refused(bad) == (400, "input_unreadable")
    half = worker.put("/times/days/2026-03-13", {"starts": "08:00"})
    assert refused(half) == (400, "day_unreadable")
    back = worker.post("/times/leave", {**leave, "until_on": "2026-04-01"})
    assert refused(back) == (400, "leave_unreadable")
    assert (AvailabilityWindow.objects.count(), Leave.objects.count()) == (1, 1)
    assert refused(caller(place, place.household).get("/times")) == (404, "page_unknown")


def test_the_coordinator_asks_and_takes_back(place: ServiceTown) -> None:
    booking, desk = request(place), caller(place, place.coordinator)
    with clock(place.at - timedelta(minutes=1)):
        _, told = desk.post(f"/{booking}/offer-next")
        assert [UUID(one) for one in told["offer_ids"]] == [Offer.objects.get().id]
        assert desk.post(f"/{booking}/withdraw-offers") == (200, {"count": 1})
        day = usual_day(place).isoformat()
        assert [b["id"] for b in desk.get(f"/desk/{day}")[1]["uncovered"]] == [str(booking)]
    assert Offer.objects.get().state == "withdrawn"


GETS = (
    "/{b}", "/{b}/cancel", "/{b}/words", "/{b}/visit", "/quotes/{q}", "/series/{s}",
    "/offers/{o}", "/offers/{o}/why", "/work/{b}", "/work/{b}/address",
)  # fmt: skip


def test_whose_it_is_not_finds_nothing(place: ServiceTown) -> None:
    waiting = request(place)
    offer = offer_to(place, waiting, place.workers[0], place.at)
    other = make_service_ready_town()
    neighbour, _ = make_household(place.town, "Neighbour")
    strangers = [
        other.household, other.workers[0], other.coordinator, neighbour, make_worker(place.town),
    ]  # fmt: skip
    ids = {
        "b": waiting, "o": offer.id, "s": uuid4(),
        "q": queries.booking(by=place.household, booking_id=waiting).quote_id,
    }  # fmt: skip
    posts = {
        "/{b}/arrive": {}, "/{b}/leave": {}, "/{b}/declare": {"during": span(place)},
        "/{b}/agree": {"said_at": place.at.isoformat()}, "/offers/{o}/accept": {},
        "/offers/{o}/decline": {}, "/work/{b}/withdraw": {"reason": "care"}, "/{b}/cancel": {},
    }  # fmt: skip
    for ref in strangers:
        who = caller(place, ref)
        for path in GETS:
            open_book = path.endswith("/why") and ref.worker_id and ref.cooperative_id == place.id
            assert who.get(path.format(**ids))[0] == (200 if open_book else 404), path
        for path, said in posts.items():
            assert who.post(path.format(**ids), said)[0] == 404, path
        assert who.get("/") == (200, [])
        assert who.get("/work") == (200, [])
    far = caller(place, other.coordinator)
    held = {"during": span(place), "reason": "So."}
    assert refused(far.post(f"/{waiting}/settle", held)) == (404, "booking_unknown")
    assert refused(far.post(f"/{waiting}/offer-next")) == (404, "booking_unknown")
    assert refused(caller(place, neighbour).get("/desk/2026-03-11")) == (404, "desk_unknown")
    row = Booking.objects.get()
    assert (row.state, row.version, Offer.objects.get().state) == ("offered", 2, "open")


def test_a_code_a_clock_or_a_day_that_cannot_be_is_refused_in_words(place: ServiceTown) -> None:
    household, desk = caller(place, place.household), caller(place, place.coordinator)
    day = usual_day(place)
    ask = {
        "request_id": str(uuid4()), "address_id": str(place.address_id), "service": "cleaning",
        "first_on": day.isoformat(), "starts": "09:00", "ends": "13:00", "count": 3,
    }  # fmt: skip
    with clock(place.at):
        for wrong in ({"service": "clean ing"}, {"starts": "09:00+02:00"}):
            said = household.post("/series", {**ask, **wrong})
            assert refused(said) == (400, "input_unreadable")
        assert refused(desk.get("/desk/9999-12-31")) == (404, "day_unknown")
    assert Booking.objects.count() == 0
