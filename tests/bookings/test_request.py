"""The same request again is the same booking, however the two run past each other."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from bookings.models import Booking
from bookings.operations import _request, make_quote, request_booking
from bookings.operations._quote import may_quote
from bookings.types import PaidBy
from coop.kernel import RuleBroken
from coop.members.types import MemberRef
from tests.factories.bookings import ServiceTown, make_service_ready_town, usual_day, wall

pytestmark = pytest.mark.django_db


def overtaken(
    monkeypatch: pytest.MonkeyPatch, place: ServiceTown, quote: UUID, by_id: UUID
) -> None:
    """Whoever asks next is overtaken just after it looked for its own request."""

    def slow(by: MemberRef, household_id: UUID) -> None:
        monkeypatch.setattr(_request, "may_quote", may_quote)
        request_booking(by=by, at=place.at, request_id=by_id, quote_id=quote)
        may_quote(by, household_id)

    monkeypatch.setattr(_request, "may_quote", slow)


def test_its_own_twin_that_overtakes_it_is_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    place, mine = make_service_ready_town(), uuid4()
    assert place.household.household_id is not None
    quote = make_quote(
        by=place.household, at=place.at, household_id=place.household.household_id,
        address_id=place.address_id, service="cleaning", paid_by=PaidBy.MANUAL,
        during=wall(place, usual_day(place), 9, 13),
    )  # fmt: skip
    overtaken(monkeypatch, place, quote.id, mine)
    told = request_booking(by=place.household, at=place.at, request_id=mine, quote_id=quote.id)
    assert [row.id for row in Booking.objects.all()] == [told]
    with pytest.raises(RuleBroken) as refused:
        request_booking(by=place.household, at=place.at, request_id=uuid4(), quote_id=quote.id)
    assert (refused.value.code, Booking.objects.count()) == ("quote_used", 1)
