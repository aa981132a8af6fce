"""Prices, bookings and series, for a household and its coordinator."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from bookings import operations, queries
from bookings import schemas as s
from bookings.api.acting import REFUSED, act, household_of
from bookings.queries.cancelling import cancellation_cost
from bookings.types import BookingCard, QuoteCard, SeriesResult, ServiceCard, Weekly
from coop.kernel import NotFound
from coop.members.access import ref_of, today_of

router = Router()


@router.get("/services", response={200: list[s.ServiceOut], **REFUSED}, summary="What one can book")
def services(request: HttpRequest) -> list[ServiceCard]:
    ref = ref_of(request)
    return queries.services(by=ref, on=today_of(ref))


@router.post("/quotes", response={201: s.QuoteOut, **REFUSED}, summary="Ask for a price")
def make_quote(request: HttpRequest, said: s.QuoteIn) -> Status[QuoteCard]:
    ref = ref_of(request)
    made = operations.make_quote(
        by=ref, at=timezone.now(), household_id=household_of(ref, said.household_id),
        address_id=said.address_id, service=said.service, during=said.during.span(),
        paid_by=said.paid_by, request_id=said.request_id,
    )  # fmt: skip
    return Status(201, made)


@router.get(
    "/quotes/{uuid:quote_id}", response={200: s.QuoteOut, **REFUSED},
    summary="A price with its threads",
)  # fmt: skip
def quote(request: HttpRequest, quote_id: UUID) -> QuoteCard:
    return queries.quote(by=ref_of(request), quote_id=quote_id)


@router.get("/", response={200: list[s.BookingOut], **REFUSED}, summary="My household's bookings")
def bookings(request: HttpRequest) -> list[BookingCard]:
    return queries.my_visits(by=ref_of(request))


@router.post("/", response={201: s.MadeOut, **REFUSED}, summary="Book what a quote prices")
def request_booking(request: HttpRequest, said: s.BookingIn) -> Status[dict[str, UUID]]:
    made = operations.request_booking(
        by=ref_of(request), at=timezone.now(), request_id=said.request_id, quote_id=said.quote_id,
        wishes=said.wishes, beside=said.beside,
    )  # fmt: skip
    return Status(201, {"id": made})


@router.get(
    "/{uuid:booking_id}", response={200: s.BookingOut, **REFUSED}, summary="One booking"
)  # fmt: skip
def booking(request: HttpRequest, booking_id: UUID) -> BookingCard:
    """For its household and the office; to its worker a price does not exist: see `/work/`."""
    ref = ref_of(request)
    found = queries.booking(by=ref, booking_id=booking_id)
    if not (ref.has("coordinator") or ref.household_id == found.household_id):
        raise NotFound("booking_unknown", "This booking is not known here.")
    return found


@router.get(
    "/{uuid:booking_id}/cancel", response={200: s.CostOut, **REFUSED},
    summary="What cancelling now would cost",
)  # fmt: skip
def cancelling(request: HttpRequest, booking_id: UUID) -> dict[str, Any]:
    return {"fee": cancellation_cost(**act(request, booking_id))}


@router.post(
    "/{uuid:booking_id}/cancel", response={200: s.CostOut, **REFUSED}, summary="Cancel a booking"
)
def cancel(request: HttpRequest, booking_id: UUID, said: s.ReasonIn) -> dict[str, Any]:
    return {"fee": operations.cancel_by_client(**act(request, booking_id), reason=said.reason)}


@router.post(
    "/series", response={200: s.SeriesOut, 201: s.SeriesOut, **REFUSED},
    summary="Book a date every so many weeks",
)  # fmt: skip
def request_series(request: HttpRequest, said: s.SeriesIn) -> Status[SeriesResult]:
    """201 when it is booked; 200 when it needs your consent to leave dates out."""
    ref = ref_of(request)
    weekly = Weekly(said.first_on, said.starts, said.ends, ref.zone, said.every_weeks, said.count)
    made = operations.request_series(
        by=ref, at=timezone.now(), request_id=said.request_id, service=said.service,
        household_id=household_of(ref, said.household_id), address_id=said.address_id,
        weekly=weekly, paid_by=said.paid_by, wishes=said.wishes,
        despite_conflicts=said.despite_conflicts,
    )  # fmt: skip
    return Status(201 if made.series_id else 200, made)


@router.get(
    "/series/{uuid:series_id}", response={200: list[s.BookingOut], **REFUSED},
    summary="Every date of a series",
)  # fmt: skip
def series(request: HttpRequest, series_id: UUID) -> list[BookingCard]:
    return queries.series_of(by=ref_of(request), series_id=series_id)


@router.post(
    "/series/{uuid:series_id}/cancel", response={200: s.CountOut, **REFUSED},
    summary="Cancel every date ahead",
)  # fmt: skip
def cancel_series(request: HttpRequest, series_id: UUID, said: s.ReasonIn) -> dict[str, int]:
    count = operations.cancel_series(
        by=ref_of(request), at=timezone.now(), series_id=series_id, reason=said.reason
    )
    return {"count": count}
