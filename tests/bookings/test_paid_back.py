"""Paid by hand before, and less is due in the end: the receipt stays, the rest goes back."""

from __future__ import annotations

import pytest

from bookings import operations
from bookings.models import Booking
from bookings.types import BookingCard
from coop.audit.types import broken
from coop.kernel import Money, RuleBroken
from coop.members.types import MemberRef
from coop.notices.models import Notice
from payments.charges import operations as charges
from payments.charges import queries as charge_queries
from payments.charges.models import Charge
from payments.charges.types import ChargeCard, How
from payments.ledger import queries as ledger
from tests.factories.bookings import ServiceTown

pytestmark = pytest.mark.django_db


def not_held(place: ServiceTown, card: BookingCard, by: MemberRef, agrees: MemberRef) -> ChargeCard:
    """The whole price is paid before; then both say that there was no visit."""
    charge_id = Charge.objects.get().id
    charges.record_receipt(
        by=place.town.officer("treasurer"), at=place.at, charge_id=charge_id, amount=card.price,
        how=How.CASH, received_on=place.at.date(),
    )  # fmt: skip
    operations.declare_absence(by=by, at=card.during.end, booking_id=card.id)
    operations.confirm_visit(by=agrees, at=card.during.end, booking_id=card.id)
    assert Booking.objects.get().state == "cancelled"
    return charge_queries.charge(place.household, charge_id).card


def give(place: ServiceTown, charge: ChargeCard, minor: int) -> None:
    charges.refund(
        by=place.town.officer("treasurer"), at=place.at, charge_id=charge.id,
        amount=Money(minor, "ZAR"), reason="Nobody came.",
    )  # fmt: skip


def books(place: ServiceTown) -> dict[str, int]:
    lines = ledger.balances(cooperative_id=place.id)
    return {line.code: line.amount.minor for line in lines if line.amount}


def told(template: str) -> list[object]:
    return [n.person_id for n in Notice.objects.filter(template=template)]


def test_nobody_came_and_all_of_it_goes_back_borne_by_nobody(
    place: ServiceTown, card: BookingCard
) -> None:
    charge = not_held(place, card, place.household, place.workers[0])
    assert (charge.state, charge.due, charge.captured) == ("settled", Money(0, "ZAR"), card.price)
    assert charge.owed_back == card.price
    assert told("paid_too_much") == [place.household.person_id]
    assert told("paid_too_much_office") == [place.town.officer("treasurer").person_id]
    assert books(place) == {"cash": 25133, "client_receivable": -25133}
    give(place, charge, 20000)
    give(place, charge, 5133)
    assert books(place) == {"cash": 25133, "bank": -25133}
    seen = charge_queries.charge(place.household, charge.id)
    assert [receipt.number for receipt in seen.receipts] == [1]
    assert [refund.borne_by for refund in seen.refunds] == ["nobody", "nobody"]
    assert (seen.card.refunded, seen.card.owed_back.minor) == (card.price, 0)
    with pytest.raises(RuleBroken) as refused:
        give(place, charge, 1)
    assert refused.value.code == "refund_within_captured"
    assert broken(charge_queries.checks(cooperative_id=place.id)) == []


def test_she_got_not_in_and_more_than_the_difference_is_a_gift(
    place: ServiceTown, card: BookingCard
) -> None:
    """Half of 251.33 is due, 125.67; 125.66 goes back, and 4.34 more the cooperative bears."""
    charge = not_held(place, card, place.workers[0], place.household)
    assert charge.owed_back == Money(12566, "ZAR")
    give(place, charge, 13000)
    assert charge_queries.charge(place.household, charge.id).refunds[0].borne_by == "cooperative"
    found = books(place)
    assert (found["bank"], found["other_expense"]) == (-13000, 434)
    assert "client_receivable" not in found
    assert broken(charge_queries.checks(cooperative_id=place.id)) == []
