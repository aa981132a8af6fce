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
def offered(place: ServiceTown, during: TimeRange, workers: Sequence[UUID]) -> list[Offer]:
    """One booking at that time, offered to each of the workers."""
    [booking] = _bookings(place, during, 1)
    return _offers(place, [(booking, worker) for worker in workers])


@transaction.atomic
def rival_bookings(place: ServiceTown, during: TimeRange, worker: UUID, times: int) -> list[Offer]:
    """So many bookings at the same time, each offered to the one worker."""
    return _offers(place, [(row, worker) for row in _bookings(place, during, times)])


def _bookings(place: ServiceTown, during: TimeRange, times: int) -> list[Booking]:
    service = Service.objects.get(cooperative_id=place.id, code="cleaning")
    span = DateTimeTZRange(during.start, during.end)
    same = {
        "cooperative_id": place.id, "household_id": place.household.household_id,
        "address_id": place.address_id, "service": service, "during": span,
    }  # fmt: skip
    quotes = Quote.objects.bulk_create(
        Quote(
            **same, currency="ZAR", price_minor=20_000, wage_minor=4_500, paid_seconds=14_400,
            travel_seconds=1_800, paid_by="manual", terms={}, made_at=place.at,
        )
        for _ in range(times)
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
            **same,
            quote=quote,
            client_code="1234",
            request_id=uuid4(),
            requested_at=place.at,
            beside=True,
        )
        for quote in quotes
    )
    Booking.objects.filter(id__in=[row.id for row in rows]).update(state="offered")
    return rows


def _offers(place: ServiceTown, pairs: Sequence[tuple[Booking, UUID]]) -> list[Offer]:
    rounds = OfferRound.objects.bulk_create(
        OfferRound(
            cooperative_id=place.id, booking=booking, number=number, candidates=[], weights={},
            made_at=place.at,
        )
        for number, (booking, _) in enumerate(pairs)
    )  # fmt: skip
    return Offer.objects.bulk_create(
        Offer(
            cooperative_id=place.id, booking=booking, round=asked, worker_id=worker,
            code=f"{number:04d}", pay_minor=20_250, currency="ZAR", made_at=place.at,
            expires_at=place.at + timedelta(minutes=30),
        )
        for number, ((booking, worker), asked) in enumerate(zip(pairs, rounds, strict=True))
    )  # fmt: skip
