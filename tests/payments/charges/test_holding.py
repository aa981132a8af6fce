"""A card is asked when its hold will last until the visit is paid; who can mend it is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from bookings import operations as bookings
from bookings.types import BookingState
from coop.members.types import MemberRef
from coop.notices.models import Notice
from coop.outbox.models import Promise
from payments.charges import operations, queries, tasks
from payments.charges.rules.patience import hold_due_at
from payments.charges.types import ChargeState
from tests.payments.charges.visiting import Visits

#: Seven days before Thursday 12 March 17:00 UTC, thirty hours after the visit's end.
DUE = datetime(2026, 3, 5, 17, tzinfo=UTC)


def coordinator(visits: Visits) -> MemberRef:
    return visits.place.coordinator


@pytest.mark.parametrize(
    ("starts", "hours", "at", "due"),
    [
        ("2026-03-11T07", 4, "2026-03-02T06", "2026-03-05T17"),  # stands until a day after the end
        ("2026-03-11T07", 40, "2026-03-02T06", "2026-03-07T05"),  # long: later still
        ("2026-03-05T07", 4, "2026-03-02T06", "2026-03-02T06"),  # near: now
    ],
)
def test_the_day_of_the_hold_by_hand(starts: str, hours: int, at: str, due: str) -> None:
    start, now, then = (
        datetime.strptime(x, "%Y-%m-%dT%H").replace(tzinfo=UTC) for x in (starts, at, due)
    )
    assert hold_due_at(starts_at=start, ends_at=start + timedelta(hours=hours), at=now) == then


def test_a_far_visit_is_confirmed_on_the_card_and_held_when_it_is_near(visits: Visits) -> None:
    visits.desk.card()
    booking = visits.ask(visits.far)
    visits.take(booking)
    assert visits.state(booking) is BookingState.CONFIRMED
    charge = visits.charge(booking)
    assert (charge.state, charge.hold_from) == (ChargeState.DRAFT, DUE)
    visits.wait_until(DUE - timedelta(minutes=1))
    assert visits.effects(booking) == []
    visits.wait_until(DUE)
    assert visits.charge(booking).state == ChargeState.HELD
    assert visits.effects(booking) == [("hold", charge.amount.minor)]


def test_a_near_visit_is_held_at_once_and_confirmed_only_then(visits: Visits) -> None:
    visits.desk.card()
    booking = visits.ask(visits.near)
    bookings.offer_next(by=visits.place.town.system, at=visits.desk.at, booking_id=booking)
    [offer] = visits.offers(booking)
    bookings.accept(by=visits.worker, at=visits.desk.at, offer_id=offer)
    assert visits.state(booking) is BookingState.OFFERED
    visits.desk.run()
    assert visits.charge(booking).state == ChargeState.HELD
    assert visits.state(booking) is BookingState.CONFIRMED


@pytest.mark.parametrize("far", [True, False])
def test_a_card_kept_after_the_booking_goes_on_by_itself(visits: Visits, far: bool) -> None:
    booking = visits.ask(visits.far if far else visits.near)
    visits.take(booking)
    visits.desk.run()
    assert visits.state(booking) is BookingState.OFFERED
    visits.desk.card()
    visits.desk.run()
    assert visits.state(booking) is BookingState.CONFIRMED
    price = visits.charge(booking).amount.minor
    assert visits.effects(booking) == ([] if far else [("hold", price)])
    visits.wait_until(max(visits.desk.at, DUE) if far else visits.desk.at)
    assert visits.effects(booking) == [("hold", price)]


def test_a_later_hold_that_fails_is_told_while_there_is_time(visits: Visits) -> None:
    visits.desk.card("pm_card_chargeCustomerFail")
    booking = visits.ask(visits.far)
    visits.take(booking)
    visits.wait_until(DUE)
    assert visits.charge(booking).state == ChargeState.FAILED
    assert visits.state(booking) is BookingState.CONFIRMED
    assert visits.effects(booking) == []
    assert visits.told(visits.place.household, "charge_failed") == [
        "Your bank said no for Cleaning, Wed 11 Mar 09:00. Nothing was taken. Choose another card,"
        " or tell us that you pay by bank, mobile money or cash."
    ]
    assert visits.told(coordinator(visits), "charge_failed_office") == [
        "The card for Cleaning, Wed 11 Mar 09:00 was refused. The household was told. Ask it, or"
        " cancel in time."
    ]
    assert visits.told(visits.worker, "charge_failed") == []
    visits.desk.card()
    visits.desk.run()
    assert visits.charge(booking).state == ChargeState.HELD


def test_a_removed_card_is_replaced_by_another_or_missed_in_time(visits: Visits) -> None:
    first = visits.desk.card()
    booking = visits.ask(visits.far)
    visits.take(booking)
    operations.remove_card(by=visits.place.household, at=visits.desk.at, card_id=first)
    visits.wait_until(DUE)
    charge = visits.charge(booking)
    assert (charge.state, charge.failure) == (
        ChargeState.FAILED, "There is no card to charge any more.",
    )  # fmt: skip
    assert len(visits.told(visits.place.household, "charge_failed")) == 1
    assert visits.effects(booking) == []


def test_another_card_of_the_household_is_asked_when_the_first_is_gone(visits: Visits) -> None:
    first = visits.desk.card()
    booking = visits.ask(visits.far)
    visits.desk.card("pm_card_mastercard")
    operations.remove_card(by=visits.place.household, at=visits.desk.at, card_id=first)
    visits.wait_until(DUE)
    assert visits.charge(booking).state == ChargeState.HELD
    assert not Notice.objects.filter(template__startswith="charge_failed").exists()


def test_a_visit_cancelled_before_its_hold_asks_no_card(visits: Visits) -> None:
    booking = visits.booked(visits.far)
    bookings.cancel_by_client(by=visits.place.household, at=visits.desk.at, booking_id=booking)
    visits.wait_until(DUE + timedelta(hours=1))
    assert visits.charge(booking).state == ChargeState.RELEASED
    assert visits.effects(booking) == []


def test_a_refused_card_is_told_with_what_to_do(visits: Visits) -> None:
    visits.desk.card("pm_card_chargeDeclined")
    assert visits.told(visits.place.household, "card_refused") == [
        "Your bank does not let us keep this card. Try another one, or pay by bank, mobile money"
        " or cash."
    ]
    assert visits.told(coordinator(visits), "card_refused") == []


def test_a_hold_that_lapsed_is_asked_anew_by_itself(visits: Visits) -> None:
    booking = visits.booked(visits.near)
    price = visits.charge(booking).amount.minor
    visits.sandbox.switch("/_test/clock", {"advance_seconds": 7 * 86_400 + 60})
    operations.promise_reconcile(at=visits.desk.at)
    visits.wait_until(visits.desk.at + timedelta(minutes=1))
    assert visits.charge(booking).state == ChargeState.HELD
    assert visits.effects(booking) == [("hold", price), ("expire", price), ("hold", price)]
    assert visits.told(visits.place.household, "charge_failed") == []


def test_a_hold_that_lapsed_and_is_refused_is_told(visits: Visits) -> None:
    booking = visits.booked(visits.near)
    [card] = queries.cards(visits.place.household, visits.desk.household_id)
    operations.remove_card(by=visits.place.household, at=visits.desk.at, card_id=card.id)
    visits.sandbox.switch("/_test/clock", {"advance_seconds": 7 * 86_400 + 60})
    operations.promise_reconcile(at=visits.desk.at)
    visits.wait_until(visits.desk.at + timedelta(minutes=1))
    charge = visits.charge(booking)
    assert (charge.state, charge.held.minor) == (ChargeState.FAILED, 0)
    assert len(visits.told(visits.place.household, "charge_failed")) == 1


def test_three_beats_promise_one_look_an_hour(visits: Visits) -> None:
    looks = Promise.objects.filter(effect="charges.reconcile", cooperative_id=visits.place.town.id)
    for _ in range(3):
        operations.promise_reconcile(at=visits.desk.at)
    assert looks.count() == 1
    operations.promise_reconcile(at=visits.desk.at + timedelta(hours=1))
    assert looks.count() == 2
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks.reconcile_all.name in scheduled
