"""From the price to the last word over the API, by the tokens of each side."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from bookings.models import Booking, Declaration, Visit
from coop.audit.models import Entry
from coop.hours import queries as hours
from tests.bookings.calling import API, Caller, clock
from tests.factories.bookings import ServiceTown, make_service_ready_town, usual_day, wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> ServiceTown:
    return make_service_ready_town(workers=2)


@pytest.fixture
def household(place: ServiceTown) -> Caller:
    return Caller(place.household, place.at)


@pytest.fixture
def worker(place: ServiceTown) -> Caller:
    return Caller(place.workers[0], place.at)


def span(place: ServiceTown, starts: int = 9, ends: int = 13) -> dict[str, str]:
    during = wall(place, usual_day(place), starts, ends)
    return {"start": during.start.isoformat(), "end": during.end.isoformat()}


def asked(place: ServiceTown, household: Caller) -> str:
    """A visit asked for at the founding; its id."""
    with clock(place.at):
        status, quote = household.post(
            "/quotes",
            {"request_id": str(uuid4()), "address_id": str(place.address_id),
             "service": "cleaning", "during": span(place), "paid_by": "manual"},
        )  # fmt: skip
        assert status == 201
        status, made = household.post("/", {"request_id": str(uuid4()), "quote_id": quote["id"]})
        assert status == 201
    return str(made["id"])


def taken(place: ServiceTown, household: Caller, worker: Caller) -> str:
    """The same, accepted and confirmed."""
    booking = asked(place, household)
    with clock(place.at):
        [offer] = worker.get("/offers")[1]
        assert worker.post(f"/offers/{offer['id']}/accept") == (204, None)
    return booking


def start(place: ServiceTown) -> datetime:
    return wall(place, usual_day(place), 9, 13).start


def refused(answer: tuple[int, Any]) -> tuple[int, str]:
    return answer[0], answer[1]["code"]


def test_from_the_price_to_done(place: ServiceTown, household: Caller, worker: Caller) -> None:
    with clock(place.at):
        said = {"request_id": str(uuid4()), "address_id": str(place.address_id),
                "service": "cleaning", "during": span(place), "paid_by": "manual"}  # fmt: skip
        codes = [one["code"] for one in household.get("/services")[1]]
        _, quote = household.post("/quotes", said)
        assert "cleaning" in codes
        assert quote["during"]["start"] == "2026-03-11T07:00:00Z"
        assert sum(line["amount"]["minor"] for line in quote["lines"]) == quote["price"]["minor"]
        assert household.get(f"/quotes/{quote['id']}") == (200, quote)
        ask = {"request_id": str(uuid4()), "quote_id": quote["id"], "wishes": "A dog."}
        booking = household.post("/", ask)[1]["id"]
        assert household.post("/", ask) == (201, {"id": booking})
    assert Booking.objects.count() == 1
    with clock(place.at):
        [offer] = worker.get("/offers")[1]
        assert worker.get(f"/offers/{offer['id']}") == (200, offer)
        assert (offer["has_wishes"], "A dog." in str(offer)) == (True, False)
        assert worker.get(f"/offers/{offer['id']}/why")[1]["weights"]["fairness"] == 5
        worker.post(f"/offers/{offer['id']}/accept")
        assert worker.get("/offers") == (200, [])
        [mine] = household.get("/")[1]
        assert (mine["id"], mine["state"], mine["worker_name"]) == (
            booking,
            "confirmed",
            "Worker 1",
        )
        [work] = worker.get("/work?until=2026-04-01T00:00:00Z")[1]
        assert (work["id"], "price" in work, "client_code" in work) == (booking, False, False)
        assert (work["has_wishes"], "A dog." in str(work)) == (True, False)
        told = worker.get(f"/work/{booking}/address")[1]
        assert (told["lines"], told["wishes"]) == ("", "")
    with clock(start(place)):
        told = worker.get(f"/work/{booking}/address")[1]
        assert (told["lines"], told["wishes"]) == ("12 Fig Street", "A dog.")
        arrived = worker.post(f"/{booking}/arrive", {"code": mine["client_code"]})
        assert arrived == (200, {"state": "in_progress"})
    with clock(start(place) + timedelta(hours=4)):
        assert worker.post(f"/{booking}/leave") == (204, None)
        [word] = household.get(f"/{booking}/words")[1]
        assert (word["side"], word["during"]["end"]) == ("worker", "2026-03-11T11:00:00Z")
        status, made = household.post(f"/{booking}/agree", {"said_at": word["at"]})
        assert (status, made["id"]) == (200, str(Visit.objects.get().id))
        assert household.get(f"/{booking}")[1]["state"] == "done"
        assert worker.get(f"/{booking}/visit")[1]["id"] == made["id"]
    assert sum(line.paid_seconds for line in hours.hours_of(cooperative_id=place.id)) == 16_200


def test_a_difference_is_settled_by_the_coordinator(
    place: ServiceTown, household: Caller, worker: Caller
) -> None:
    booking = taken(place, household, worker)
    desk = Caller(place.coordinator, place.at)
    with clock(start(place) + timedelta(hours=5)) as at:
        day = usual_day(place).isoformat()
        assert [b["id"] for b in desk.get(f"/desk/{day}")[1]["unspoken"]] == [booking]
        said = {"during": span(place, 9, 14), "note": "She asked me to stay."}
        assert worker.post(f"/{booking}/declare", said) == (200, {"state": "in_progress"})
        said = {"during": span(place)}
        assert household.post(f"/{booking}/declare", said) == (200, {"state": "disputed"})
        held = {"during": span(place, 9, 14), "reason": "The household wrote so."}
        for who in (household, worker):
            assert refused(who.post(f"/{booking}/settle", held)) == (403, "coordinator_only")
        assert refused(desk.post(f"/{booking}/settle", {**held, "during": span(place, 9, 11)})) == (
            400, "less_than_undisputed",
        )  # fmt: skip
        assert Booking.objects.get().state == "disputed"
        assert [b["id"] for b in desk.get(f"/desk/{day}")[1]["disputed"]] == [booking]
        assert desk.post(f"/{booking}/settle", held) == (204, None)
        assert at == place.at.replace(day=11, hour=12, minute=0)
    assert Booking.objects.get().state == "settled"
    assert sum(line.paid_seconds for line in hours.hours_of(cooperative_id=place.id)) == 19_800


def test_wrong_codes_are_counted_over_the_api(
    place: ServiceTown, household: Caller, worker: Caller
) -> None:
    booking = taken(place, household, worker)
    code = household.get(f"/{booking}")[1]["client_code"]
    wrong = f"{(int(code) + 1) % 10_000:04d}"
    with clock(start(place)):
        told = [refused(worker.post(f"/{booking}/arrive", {"code": wrong})) for _ in range(5)]
        assert told == [(400, "code_wrong")] * 5
        last = worker.post(f"/{booking}/arrive", {"code": code})
        assert refused(last) == (409, "code_closed")
        assert worker.post(f"/{booking}/arrive") == (200, {"state": "confirmed"})
        assert household.post(f"/{booking}/arrive") == (200, {"state": "in_progress"})
    assert Booking.objects.get().wrong_codes == 5


def test_what_does_not_fit_is_refused_and_changes_nothing(
    place: ServiceTown, household: Caller, worker: Caller
) -> None:
    booking = taken(place, household, worker)
    before, trail = Booking.objects.values().get(), Entry.objects.count()
    with clock(place.at):
        assert refused(worker.post(f"/{booking}/arrive")) == (409, "not_now")
        assert refused(worker.post(f"/{booking}/leave")) == (409, "booking_moved")
        said = {"during": span(place)}
        assert refused(worker.post(f"/{booking}/declare", said)) == (409, "booking_moved")
        said_at = {"said_at": place.at.isoformat()}
        assert refused(household.post(f"/{booking}/agree", said_at)) == (409, "booking_moved")
        assert refused(household.get(f"/{booking}/visit")) == (404, "visit_unknown")
        assert refused(worker.post(f"/{booking}/cancel")) == (403, "household_only")
        assert refused(worker.post(f"/{booking}/offer-next")) == (403, "coordinator_only")
        assert refused(worker.post(f"/{booking}/withdraw-offers")) == (403, "coordinator_only")
    assert Booking.objects.values().get() == before
    assert Entry.objects.count() == trail
    assert not Declaration.objects.exists()


def test_what_cannot_be_read_is_refused(place: ServiceTown, household: Caller) -> None:
    good = {"request_id": str(uuid4()), "address_id": str(place.address_id),
            "service": "cleaning", "during": span(place)}  # fmt: skip
    bad: list[dict[str, Any]] = [
        {**good, "more": 1},
        {**good, "during": {"start": "2026-03-11T07:00:00", "end": "2026-03-11T11:00:00"}},
        {**good, "paid_by": "gold"},
        {**good, "address_id": "here"},
    ]
    for said in bad:
        assert refused(household.post("/quotes", said)) == (400, "input_unreadable")
    backwards = {"start": span(place)["end"], "end": span(place)["start"]}
    answer = household.post("/quotes", {**good, "during": backwards})
    assert refused(answer) == (400, "range_empty")
    assert Client().get(f"{API}/").status_code == 401
