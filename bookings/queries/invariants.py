"""What must hold of bookings (I3, I5, I6, I8), asked of a live database, naming the row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum

from bookings.models import Booking, Declaration, Offer, Quote, Series, Visit
from bookings.queries.address_reads import address_reads
from bookings.types import LIVE_STATES, BookingState, OfferState
from coop.audit.types import Breach, Check, broken, check
from coop.hours import queries as hours
from coop.hours.types import HoursKind

Found = Iterator[tuple[str, object]]
_OVER = [s.value for s in (BookingState.DONE, BookingState.DISPUTED, BookingState.SETTLED)]


def checks(*, cooperative_id: UUID) -> list[Check]:
    """I3 one set of hours a visit, I5 one place and one winner, I6 once, I8 lines sum, I12."""
    bookings = Booking.objects.filter(cooperative_id=cooperative_id)
    offers = Offer.objects.filter(cooperative_id=cooperative_id)
    visits = Visit.objects.filter(cooperative_id=cooperative_id)
    series = Series.objects.filter(cooperative_id=cooperative_id)
    quotes = Quote.objects.filter(cooperative_id=cooperative_id)
    live = bookings.filter(worker__isnull=False, state__in=[s.value for s in LIVE_STATES])
    return [
        check("I3", "finished visits", visits.count(), _hours(cooperative_id, bookings, visits)),
        check("I5", "visits ahead with a worker", live.count(), _places(live)),
        check("I5", "offers", offers.count(), _winners(bookings, offers)),
        check("I6", "booking requests", bookings.count(), _once(bookings)),
        check("I6", "series requests", series.count(), _once(series)),
        check("I8", "quotes", quotes.count(), _prices(quotes)),
        address_reads(cooperative_id=cooperative_id),
    ]


def breaches(*, cooperative_id: UUID) -> list[Breach]:
    return broken(checks(cooperative_id=cooperative_id))


def _hours(cooperative_id: UUID, bookings: QuerySet[Booking], visits: QuerySet[Visit]) -> Found:
    """A finished booking has one visit, a visit one set of hours, and hours their visit."""
    worker_of = dict(visits.values_list("id", "worker_id"))
    written: Counter[UUID] = Counter()
    for line in hours.hours_of(cooperative_id=cooperative_id):
        if line.source[0] == "visit" and line.corrects_id is None:
            written[line.source[1]] += line.kind is HoursKind.VISIT
            if worker_of.get(line.source[1]) != line.worker_id:
                yield "hours of a visit that she did not make", line.id
    for visit_id in worker_of:
        if written[visit_id] != 1:
            yield f"a visit has {written[visit_id]} sets of hours", visit_id
    without = bookings.filter(state__in=_OVER).exclude(id__in=visits.values("booking_id"))
    # In dispute whether there was a visit at all, nothing is undisputed.
    absent = Declaration.objects.exclude(absence="").values("booking_id")
    without = without.exclude(state=BookingState.DISPUTED, id__in=absent)
    for booking_id in without.values_list("id", flat=True):
        yield "a finished booking has no visit", booking_id
    times = visits.values("booking_id").annotate(n=Count("id")).filter(n__gt=1)
    for twice in times:
        yield f"a booking has {twice['n']} visits", twice["booking_id"]


def _places(live: QuerySet[Booking]) -> Found:
    """By worker and time, none begins before the one before it has ended."""
    before: Booking | None = None
    for row in live.order_by("worker_id", "during"):
        if before and before.worker_id == row.worker_id:
            if row.during.lower < before.during.upper:
                yield "a worker is in two places", row.id
            if row.during.upper <= before.during.upper:
                continue
        before = row


def _winners(bookings: QuerySet[Booking], offers: QuerySet[Offer]) -> Found:
    won = offers.filter(state=OfferState.ACCEPTED)
    for twice in won.values("booking_id").annotate(n=Count("id")).filter(n__gt=1):
        yield f"a booking has {twice['n']} winners", twice["booking_id"]
    taker = won.filter(booking=OuterRef("pk")).values("worker_id")[:1]
    named = bookings.filter(worker__isnull=False).annotate(taker=Subquery(taker))
    for row in named.exclude(taker=F("worker_id")):
        yield "a booking names a worker who did not accept it", row.id
    for row in named.filter(taker__isnull=True):
        yield "a booking names a worker and nobody accepted it", row.id


def _once(asked: QuerySet[Booking] | QuerySet[Series]) -> Found:
    for row in asked.values("request_id").annotate(n=Count("id")).filter(n__gt=1):
        yield f"a request is kept {row['n']} times", row["request_id"]


def _prices(quotes: QuerySet[Quote]) -> Found:
    summed = quotes.annotate(s=Sum("lines__amount_minor")).exclude(s=F("price_minor"))
    for row in summed:
        yield "the lines do not sum to the price", row.id
    for id_ in quotes.filter(lines__isnull=True).values_list("id", flat=True):
        yield "a price has no lines", id_
