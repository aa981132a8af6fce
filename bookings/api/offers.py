"""Offers to a worker: yes and no are equally easy, and why her is answered."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from bookings import operations, queries
from bookings import schemas as s
from bookings.api.acting import REFUSED
from bookings.types import OfferCard, WhyHer
from coop.members.access import ref_of

router = Router()


@router.get("/offers", response={200: list[s.OfferOut], **REFUSED}, summary="My open offers")
def offers(request: HttpRequest) -> list[OfferCard]:
    return queries.offers(by=ref_of(request), at=timezone.now())


@router.get(
    "/offers/{uuid:offer_id}", response={200: s.OfferOut, **REFUSED}, summary="One offer"
)  # fmt: skip
def offer(request: HttpRequest, offer_id: UUID) -> OfferCard:
    return queries.offer(by=ref_of(request), offer_id=offer_id)


@router.post(
    "/offers/{uuid:offer_id}/accept", response={204: None, **REFUSED}, summary="Take the visit"
)
def accept(request: HttpRequest, offer_id: UUID) -> Status[None]:
    operations.accept(by=ref_of(request), at=timezone.now(), offer_id=offer_id)
    return Status(204, None)


@router.post(
    "/offers/{uuid:offer_id}/decline", response={204: None, **REFUSED},
    summary="Say no; it costs nothing",
)  # fmt: skip
def decline(request: HttpRequest, offer_id: UUID) -> Status[None]:
    operations.decline(by=ref_of(request), at=timezone.now(), offer_id=offer_id)
    return Status(204, None)


@router.get("/offers/{uuid:offer_id}/why", response={200: s.WhyOut, **REFUSED}, summary="Why her?")
def why(request: HttpRequest, offer_id: UUID) -> WhyHer:
    return queries.why_her(by=ref_of(request), offer_id=offer_id)
