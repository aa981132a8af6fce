"""A visit that did not take place: either side can say so, and no hours of a visit are written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from bookings import operations, queries
from bookings.models import Booking, Declaration, Visit
from bookings.operations import _declare_absence, _visit
from bookings.types import Absence, BookingCard, BookingState, PaidBy
from coop.audit.models import Entry
from coop.hours import queries as hours
from coop.kernel import NotAllowed, RuleBroken
from coop.members.models import User
from coop.members.types import MemberRef
from coop.notices.models import Notice
from payments.charges.models import Charge, Intent
from tests.bookings.calling import Caller, clock
from tests.factories.bookings import ServiceTown, begin

pytestmark = pytest.mark.django_db
S, LATE = BookingState, timedelta(minutes=40)


def absent(place: ServiceTown, card: BookingCard, who: MemberRef) -> BookingState:
    at = card.during.start + LATE
    return operations.declare_absence(by=who, at=at, booking_id=card.id, note="I waited.")


def agree(card: BookingCard, who: MemberRef) -> object:
    at = card.during.start + 2 * LATE
    return operations.confirm_visit(by=who, at=at, booking_id=card.id)


def told(template: str) -> list[Any]:
    return [n.person_id for n in Notice.objects.filter(template=template)]


def written(place: ServiceTown) -> list[tuple[str, int]]:
    rows = hours.hours_of(cooperative_id=place.id)
    return sorted((row.kind.value, row.paid_seconds) for row in rows)


def due() -> int | None:
    return Charge.objects.get().due_minor


def test_nobody_came_and_she_agrees_nothing_is_owed_written_or_taken(
    place: ServiceTown, card: BookingCard
) -> None:
    worker = place.workers[0]
    assert absent(place, card, place.household) is S.CONFIRMED
    assert told("household_saw_nobody") == [worker.person_id]
    assert agree(card, worker) is None
    assert Booking.objects.get().state == "cancelled"
    assert (written(place), Visit.objects.count(), due()) == ([], 0, 0)
    assert Charge.objects.get().state == "released"
    assert not Intent.objects.filter(kind="capture").exists()
    assert told("visit_not_held_unpaid") == [worker.person_id]
    [notice] = Notice.objects.filter(template="booking_not_held")
    assert (notice.person_id, notice.context["fee"]) == (place.household.person_id, "R0,00")
    assert queries.breaches(cooperative_id=place.id) == []


def test_she_got_not_in_and_the_household_agrees_it_is_paid_as_cancelled_late(
    place: ServiceTown, card: BookingCard
) -> None:
    assert absent(place, card, place.workers[0]) is S.CONFIRMED
    assert told("worker_found_nobody") == [place.household.person_id]
    assert agree(card, place.household) is None
    # Half of four hours, and half of 251.33: 125.665, the half cent up.
    assert written(place) == [("late_cancellation", 7200)]
    assert (Booking.objects.get().state, Visit.objects.count(), due()) == ("cancelled", 0, 12567)
    assert told("visit_not_held") == [place.workers[0].person_id]


def test_her_word_that_nobody_answers_counts_after_a_day(
    place: ServiceTown, card: BookingCard
) -> None:
    absent(place, card, place.workers[0])
    [word] = Declaration.objects.all()
    hear: dict[str, Any] = {"by": place.town.system, "booking_id": card.id, "word_id": word.id}
    operations.hear_silence(at=card.during.start + LATE + timedelta(hours=24), **hear)
    assert (Booking.objects.get().state, due()) == ("cancelled", 12567)
    assert written(place) == [("late_cancellation", 7200)]
    entry = Entry.objects.get(sentence__startswith="closed a visit")
    assert entry.facts == {
        "silence": str(word.silence_version_id), "fee": {"minor": 12567, "currency": "ZAR"}
    }  # fmt: skip


def test_her_silence_gives_nothing_up_the_office_asks(
    place: ServiceTown, card: BookingCard
) -> None:
    absent(place, card, place.household)
    [word] = Declaration.objects.all()
    hear: dict[str, Any] = {"by": place.town.system, "booking_id": card.id, "word_id": word.id}
    at = card.during.start + LATE + timedelta(hours=24)
    operations.hear_silence(at=at, **hear)
    assert (Booking.objects.get().state, due(), written(place)) == ("disputed", None, [])
    assert len(told("visit_disputed")) == 2
    assert queries.breaches(cooperative_id=place.id) == []
    operations.settle(
        by=place.coordinator, at=at, booking_id=card.id, during=card.during, reason="She was there."
    )
    assert (Booking.objects.get().state, due()) == ("settled", 25133)
    assert written(place) == [("travel", 1800), ("visit", 14400)]


@pytest.mark.parametrize(
    ("absence", "fee", "paid"),
    [(Absence.NOBODY_CAME, 0, []), (Absence.NO_ENTRY, 12567, [("late_cancellation", 7200)])],
)
def test_both_say_there_was_none_and_differ_whose_fault_it_is(
    place: ServiceTown, card: BookingCard, absence: Absence, fee: int, paid: list[tuple[str, int]]
) -> None:
    absent(place, card, place.workers[0])
    assert absent(place, card, place.household) is S.DISPUTED
    assert (due(), written(place)) == (None, [])
    at = card.during.end
    operations.settle(
        by=place.coordinator, at=at, booking_id=card.id, during=absence, reason="I rang both."
    )
    assert (Booking.objects.get().state, due(), written(place)) == ("cancelled", fee, paid)
    assert queries.breaches(cooperative_id=place.id) == []


def test_a_time_against_an_absence_is_the_offices_and_nothing_is_undisputed(
    place: ServiceTown, card: BookingCard
) -> None:
    absent(place, card, place.household)
    at = card.during.end
    state = operations.declare(
        by=place.workers[0], at=at, booking_id=card.id, during=card.during, note="I was there."
    )
    assert (state, due(), written(place)) == (S.DISPUTED, None, [])
    assert queries.breaches(cooperative_id=place.id) == []


def test_once_both_said_she_is_there_nobody_unsays_it(
    place: ServiceTown, card: BookingCard
) -> None:
    begin(place, card)
    before = (Entry.objects.count(), Notice.objects.count(), Booking.objects.get().version)
    for who in (place.household, place.workers[0]):
        with pytest.raises(RuleBroken) as refused:
            absent(place, card, who)
        assert refused.value.code == "they_met"
    with pytest.raises(NotAllowed):
        absent(place, card, place.coordinator)
    after = (Entry.objects.count(), Notice.objects.count(), Booking.objects.get().version)
    assert (after, Declaration.objects.count()) == (before, 0)


def test_without_that_guard_a_slip_of_the_finger_would_unsay_her_work(
    place: ServiceTown, card: BookingCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(place, card)
    for room in (_declare_absence, _visit):
        monkeypatch.setattr(room, "met", lambda row: False)
    absent(place, card, place.household)
    assert agree(card, place.workers[0]) is None
    assert (Booking.objects.get().state, written(place), due()) == ("cancelled", [], 0)


def test_who_comes_late_after_all_ends_the_word_that_nobody_came(
    place: ServiceTown, card: BookingCard
) -> None:
    absent(place, card, place.household)
    begin(place, card, card.during.start + 2 * LATE)
    [word] = Declaration.objects.all()
    operations.hear_silence(
        by=place.town.system, at=card.during.end, booking_id=card.id, word_id=word.id
    )
    assert Booking.objects.get().state == "in_progress"


def test_before_the_start_it_is_too_early_and_after_pay_too_late(
    place: ServiceTown, card: BookingCard
) -> None:
    with pytest.raises(RuleBroken) as early:
        operations.declare_absence(by=place.household, at=card.during.start, booking_id=card.id)
    begin(place, card)
    operations.check_out(by=place.workers[0], at=card.during.end, booking_id=card.id)
    operations.confirm_visit(by=place.household, at=card.during.end, booking_id=card.id)
    with pytest.raises(RuleBroken) as late:
        absent(place, card, place.household)
    assert (early.value.code, late.value.code) == ("booking_moved", "booking_moved")
    assert Declaration.objects.count() == 1


def test_the_database_keeps_a_word_to_a_time_or_an_absence(
    place: ServiceTown, card: BookingCard
) -> None:
    word = {"cooperative_id": place.id, "booking_id": card.id, "said_at": place.at}
    for wrong in ({}, {"absence": "lazy"}):
        with (
            pytest.raises(IntegrityError, match="declaration_time_or_absence"),
            transaction.atomic(),
        ):
            Declaration.objects.create(id=uuid4(), side="worker", **wrong, **word)


def test_over_the_api(place: ServiceTown, card: BookingCard) -> None:
    household, worker = Caller(place.household, place.at), Caller(place.workers[0], place.at)
    desk = Caller(place.coordinator, place.at)
    with clock(card.during.start + LATE):
        said = household.post(f"/{card.id}/absent", {"note": "Nobody."})
        assert said == (200, {"state": "confirmed"})
        [word] = worker.get(f"/{card.id}/words")[1]
        assert (word["absence"], word["during"], word["note"]) == ("nobody_came", None, "Nobody.")
        for wrong in ({}, {"absence": "no_entry", "during": {}}):
            answer = desk.post(f"/{card.id}/settle", {"reason": "So.", **wrong})
            assert (answer[0], answer[1]["code"]) == (400, "input_unreadable")
        agreed = worker.post(f"/{card.id}/agree", {"said_at": word["at"]})
        assert agreed == (200, {"id": None})
    assert Booking.objects.get().state == "cancelled"


def test_on_the_pages_each_side_says_it_and_the_office_settles(
    place: ServiceTown, card: BookingCard
) -> None:
    pages = {}
    for name, ref in (
        ("home", place.household), ("work", place.workers[0]), ("desk", place.coordinator)
    ):  # fmt: skip
        pages[name] = Client()
        pages[name].force_login(User.objects.get(pk=str(ref.person_id)))
    times, settle = f"/book/visits/{card.id}/times/", f"/book/visits/{card.id}/settle/"
    with time_machine.travel(card.during.start + LATE, tick=False):
        assert "Nobody came" in pages["home"].get(times).content.decode()
        assert pages["home"].post(times, {"absent": "yes", "note": ""}).status_code == 302
        job = pages["work"].get(f"/book/work/{card.id}/").content.decode()
        assert "Nobody came." in job
        assert "I could not get in" in pages["work"].get(times).content.decode()
        assert pages["work"].post(times, {"absent": "yes", "note": "Locked."}).status_code == 302
        shown = pages["desk"].get(settle).content.decode()
        assert "She could not get in." in shown
        answer = pages["desk"].post(settle, {"holds": "no_entry", "reason": "The gate was shut."})
        assert answer.status_code == 302
        for name, path in (
            ("home", f"/book/visits/{card.id}/"),
            ("work", f"/book/work/{card.id}/"),
        ):
            assert pages[name].get(path).status_code == 200
    assert (Booking.objects.get().state, due()) == ("cancelled", 12567)
    assert PaidBy(Charge.objects.get().rail) is PaidBy.MANUAL
