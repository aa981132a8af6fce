from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet

from bookings.events import BookingRequested
from bookings.models import Booking, Quote, Series
from bookings.operations._hold import span
from bookings.operations._quote import check_start, may_quote
from bookings.operations._tell import hint
from bookings.types import BookingState
from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import BadInput, NotFound, RuleBroken, TimeRange, readable, saying
from coop.members.types import MemberRef
from coop.outbox import operations as outbox

#: A visit in one of these is still to come, or is going on.
STANDING = [
    BookingState.REQUESTED.value, BookingState.OFFERED.value, BookingState.CONFIRMED.value,
    BookingState.IN_PROGRESS.value,
]  # fmt: skip


@transaction.atomic
def request_booking(
    *,
    by: MemberRef,
    at: datetime,
    request_id: UUID,
    quote_id: UUID,
    wishes: str = "",
    beside: bool = False,
) -> UUID:
    """Ask for the visit a quote prices. The same request again is the same booking.

    At an address where a visit stands at that time already it is refused as
    `already_booked_then`, unless the household wants it `beside` the other.
    """
    known = Booking.objects.filter(cooperative_id=by.cooperative_id, request_id=request_id).first()
    if known is not None:
        may_quote(by, known.household_id)
        return known.id
    quote = (
        Quote.objects.select_related("service", "address")
        .filter(cooperative_id=by.cooperative_id, id=quote_id)
        .first()
    )
    if quote is None:
        raise NotFound("quote_unknown", "This price is not known here.")
    may_quote(by, quote.household_id)
    _check(quote, at, request_id, wishes)
    if not beside and _others_then(quote).exclude(request_id=request_id).exists():
        raise _taken(by, quote)
    return book(by=by, at=at, quote=quote, request_id=request_id, wishes=wishes, beside=beside).id


def _check(quote: Quote, at: datetime, request_id: UUID, wishes: str) -> None:
    check_start(TimeRange(quote.during.lower, quote.during.upper), at)
    readable(wishes)
    if len(wishes) > 500:
        raise BadInput("wishes_too_long", "Wishes have at most 500 letters.")
    # The same request may have been written since it was looked for: that one is its answer.
    if Booking.objects.filter(quote=quote).exclude(request_id=request_id).exists():
        raise RuleBroken("quote_used", "This price was booked already. Ask for a new one.")


def _others_then(quote: Quote) -> QuerySet[Booking]:
    there = Q(address_id=quote.address_id, during__overlap=quote.during, state__in=STANDING)
    return Booking.objects.filter(there)


def _taken(by: MemberRef, quote: Quote) -> RuleBroken:
    """The refusal that names what is booked there already."""
    other = _others_then(quote).select_related("service").order_by("during").first()
    place = ZoneInfo(by.zone)
    instants = (other.during.lower, other.during.upper) if other else ()
    return RuleBroken(
        "already_booked_then",
        "%(service)s is booked at this address at that time already (%(times)s)."
        " Book another time, or say that you want both.",
        service=other.service.name if other else "",
        times="–".join(f"{one.astimezone(place):%H:%M}" for one in instants),
    )


def book(
    *,
    by: MemberRef,
    at: datetime,
    quote: Quote,
    request_id: UUID,
    wishes: str,
    series: Series | None = None,
    beside: bool = False,
) -> Booking:
    """Write the booking of a price and have it paired; a rival with the same id wins quietly."""
    row = Booking(
        cooperative_id=by.cooperative_id, household_id=quote.household_id,
        address_id=quote.address_id, service=quote.service, quote=quote, series=series,
        during=quote.during, wishes=wishes.strip(), client_code=f"{secrets.randbelow(10_000):04d}",
        request_id=request_id, requested_at=at, beside=beside,
    )  # fmt: skip
    Booking.objects.bulk_create([row], ignore_conflicts=True)
    kept = Booking.objects.select_related("service", "address").filter(
        cooperative_id=by.cooperative_id, request_id=request_id
    ).first()  # fmt: skip
    if kept is None and not Booking.objects.filter(quote=quote).exists():
        raise _taken(by, quote)
    if kept is None:
        raise RuleBroken("quote_used", "This price was booked already. Ask for a new one.")
    if kept.id != row.id:
        return kept
    _promise_pairing(by, at, row)
    audit.record(
        by=by,
        at=at,
        sentence=saying("asked for %(service)s", service=quote.service.name),
        about=("booking", row.id),
    )
    publish(BookingRequested(by.cooperative_id, row.id, row.household_id, quote.id, span(row), at))
    hint(row)
    return row


def _promise_pairing(by: MemberRef, at: datetime, row: Booking) -> None:
    for key, effect, due in (
        (f"pair:{row.id}:0", "bookings.offer_next", at),
        (f"expire:{row.id}", "bookings.expire_booking", row.during.lower),
    ):
        outbox.promise(
            key=key, effect=effect, payload={"booking": str(row.id)}, due_at=due, at=at,
            cooperative_id=by.cooperative_id,
        )  # fmt: skip
