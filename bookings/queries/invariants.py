"""What must hold of bookings (I3, I5, I6, I8), asked of a live database, naming the row."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.db.models import Count, F, Sum

from bookings.models import Booking, Offer, Quote, Visit
from bookings.types import LIVE_STATES, OfferState
from coop.audit.types import Breach
from coop.hours import queries as hours


def breaches(*, cooperative_id: UUID) -> list[Breach]:
    """I3 one set of hours a visit, I5 one place and one winner, I6 once, I8 lines sum."""
    return [
        *_hours(cooperative_id),
        *_places(cooperative_id),
        *_once(cooperative_id),
        *_prices(cooperative_id),
    ]


def _hours(cooperative_id: UUID) -> list[Breach]:
    written: dict[UUID, list[str]] = defaultdict(list)
    for row in hours.hours_of(cooperative_id=cooperative_id):
        if row.source[0] == "visit" and row.corrects_id is None:
            written[row.source[1]].append(row.kind.value)
    visits = Visit.objects.filter(cooperative_id=cooperative_id)
    return [
        Breach("I3", "a visit does not have exactly one set of hours", str(visit.id))
        for visit in visits
        if written[visit.id].count("visit") != 1
    ]


def _places(cooperative_id: UUID) -> list[Breach]:
    found = []
    live = Booking.objects.filter(
        cooperative_id=cooperative_id,
        worker__isnull=False,
        state__in=[s.value for s in LIVE_STATES],
    ).order_by("worker_id", "during")
    before: Booking | None = None
    for row in live:
        if before and before.worker_id == row.worker_id and row.during.lower < before.during.upper:
            found.append(Breach("I5", "a worker is in two places", str(row.id)))
        before = row
    won = Offer.objects.filter(cooperative_id=cooperative_id, state=OfferState.ACCEPTED)
    for twice in won.values("booking_id").annotate(n=Count("id")).filter(n__gt=1):
        found.append(Breach("I5", "a booking has two winners", str(twice["booking_id"])))
    return found


def _once(cooperative_id: UUID) -> list[Breach]:
    rows = Booking.objects.filter(cooperative_id=cooperative_id).values("request_id")
    twice = rows.annotate(n=Count("id")).filter(n__gt=1)
    return [Breach("I6", "a request is kept twice", str(row["request_id"])) for row in twice]


def _prices(cooperative_id: UUID) -> list[Breach]:
    rows = Quote.objects.filter(cooperative_id=cooperative_id).annotate(
        s=Sum("lines__amount_minor")
    )
    return [
        Breach("I8", "the lines do not sum to the price", str(row.id))
        for row in rows.exclude(s=F("price_minor"))
    ]
