"""Offers in bulk, for races: written straight into the tables, as pairing would leave them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.models import Booking, Offer, OfferRound, Quote, QuoteLine, Service
from coop.kernel import TimeRange
from tests.factories.bookings import ServiceTown


@transaction.atomic
def offered(
    place: ServiceTown, hours: Sequence[TimeRange], workers: Sequence[UUID]
) -> list[list[Offer]]:
    """For each time one booking, offered to each of the workers."""
    rows = _bookings(place, hours)
    made = _offers(place, [(row, worker) for row in rows for worker in workers], len(workers))
    return _in_turns(made, len(workers))


@transaction.atomic
def rival_bookings(
    place: ServiceTown, hours: Sequence[TimeRange], worker: UUID, times: int
) -> list[list[Offer]]:
    """For each time so many bookings, each offered to the one worker."""
    rows = _bookings(place, [during for during in hours for _ in range(times)])
    return _in_turns(_offers(place, [(row, worker) for row in rows], 1), times)


def _in_turns(made: list[Offer], size: int) -> list[list[Offer]]:
    return [made[first : first + size] for first in range(0, len(made), size)]


def _bookings(place: ServiceTown, hours: Sequence[TimeRange]) -> list[Booking]:
    service = Service.objects.get(cooperative_id=place.id, code="cleaning")
    spans = [DateTimeTZRange(during.start, during.end) for during in hours]
    same = {
        "cooperative_id": place.id, "household_id": place.household.household_id,
        "address_id": place.address_id, "service": service,
    }  # fmt: skip
    quotes = Quote.objects.bulk_create(
        Quote(
            **same, during=span, currency="ZAR", price_minor=20_000, wage_minor=4_500,
            paid_seconds=14_400, travel_seconds=1_800, paid_by="manual", terms={},
            made_at=place.at,
        )
        for span in spans
    )  # fmt: skip
    QuoteLine.objects.bulk_create(
        QuoteLine(
            cooperative_id=place.id, quote=quote, position=1, kind="wage", label="Wage",
            amount_minor=20_000, rule="a race",
        )
        for quote in quotes
    )  # fmt: skip
    rows = Booking.objects.bulk_create(
        Booking(
            **same, during=quote.during, quote=quote, client_code="1234", request_id=uuid4(),
            requested_at=place.at, beside=True,
        )
        for quote in quotes
    )  # fmt: skip
    Booking.objects.filter(id__in=[row.id for row in rows]).update(state="offered")
    return rows


def _offers(place: ServiceTown, pairs: Sequence[tuple[Booking, UUID]], rounds: int) -> list[Offer]:
    """One for each pair; a booking has so many rounds, and its pairs follow each other."""
    asked = OfferRound.objects.bulk_create(
        OfferRound(
            cooperative_id=place.id, booking=booking, number=place_ % rounds, candidates=[],
            weights={}, made_at=place.at,
        )
        for place_, (booking, _) in enumerate(pairs)
    )  # fmt: skip
    return Offer.objects.bulk_create(
        Offer(
            cooperative_id=place.id, booking=booking, round=round_, worker_id=worker,
            code=f"{number:04d}", pay_minor=20_250, currency="ZAR", made_at=place.at,
            expires_at=place.at + timedelta(minutes=30),
        )
        for number, ((booking, worker), round_) in enumerate(zip(pairs, asked, strict=True))
    )  # fmt: skip
