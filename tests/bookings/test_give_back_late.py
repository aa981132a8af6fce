"""A visit that is over is not given back; one that began is, and then it ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bookings import operations, queries
from bookings.models import Booking, Offer
from bookings.types import BookingCard, WorkerReason
from coop.kernel import RuleBroken
from coop.notices.models import Notice
from payments.charges import operations as charges
from payments.charges.models import Charge
from payments.charges.types import How
from tests.factories.bookings import ServiceTown, book, make_service_ready_town, settle_outbox

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("minutes", [0, 1])
def test_from_its_end_on_nobody_gives_it_back(minutes: int) -> None:
    place = make_service_ready_town()
    card = book(place)
    before, told = Booking.objects.values().get(id=card.id), Notice.objects.count()
    with pytest.raises(RuleBroken) as refused:
        operations.cancel_by_worker(
            by=place.workers[0], at=card.during.end + timedelta(minutes=minutes),
            booking_id=card.id, reason=WorkerReason.ILLNESS,
        )  # fmt: skip
    assert refused.value.code == "visit_is_over"
    assert Booking.objects.values().get(id=card.id) == before
    assert Notice.objects.count() == told


@pytest.mark.parametrize("minutes", [0, 239])
def test_from_its_start_on_it_ends_and_household_and_office_hear(minutes: int) -> None:
    """Offers end at the start, so nobody can be asked: it may not wait for ever."""
    place = make_service_ready_town(workers=2)
    card = book(place)
    at = card.during.start + timedelta(minutes=minutes)
    give_back(place, card, at)
    settle_outbox(at)
    row = Booking.objects.get(id=card.id)
    assert (row.state, row.worker_id) == ("expired", None)
    assert told("visit_fell_out") == [place.household.person_id]
    assert told("visit_fell_out_office") == [place.coordinator.person_id]
    assert told("visit_paired_anew") == told("booking_expired") == []
    assert not Offer.objects.filter(state="open").exists()
    charge = Charge.objects.get()
    assert (charge.due_minor, charge.state) == (0, "released")
    assert queries.breaches(cooperative_id=place.id) == []


def test_a_minute_before_its_start_others_are_asked() -> None:
    place = make_service_ready_town(workers=2)
    card = book(place)
    at = card.during.start - timedelta(minutes=1)
    give_back(place, card, at)
    settle_outbox(at)
    assert Booking.objects.get(id=card.id).state == "offered"
    assert told("visit_paired_anew") == [place.household.person_id]
    assert told("visit_fell_out") == []
    settle_outbox(card.during.start)
    assert Booking.objects.get(id=card.id).state == "expired"
    assert told("booking_expired") == [place.household.person_id]


def test_what_was_paid_by_hand_for_it_goes_back() -> None:
    place = make_service_ready_town()
    card = book(place)
    charges.record_receipt(
        by=place.town.officer("treasurer"), at=place.at, charge_id=Charge.objects.get().id,
        amount=card.price, how=How.CASH, received_on=place.at.date(),
    )  # fmt: skip
    give_back(place, card, card.during.start)
    assert Charge.objects.get().overpaid_minor == 25133
    assert told("paid_too_much") == [place.household.person_id]


def give_back(place: ServiceTown, card: BookingCard, at: datetime) -> None:
    operations.cancel_by_worker(
        by=place.workers[0], at=at, booking_id=card.id, reason=WorkerReason.ILLNESS
    )


def told(template: str) -> list[Any]:
    return [n.person_id for n in Notice.objects.filter(template=template)]
