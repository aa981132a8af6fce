"""The coordinator's day and hand."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from bookings import operations, queries
from bookings import schemas as s
from bookings.api.acting import REFUSED, act
from bookings.types import Desk
from coop.members.access import ref_of

router = Router()


@router.get("/desk/{day}", response={200: s.DeskOut, **REFUSED}, summary="A day of the cooperative")
def desk(request: HttpRequest, day: date) -> Desk:
    return queries.desk(by=ref_of(request), day=day, at=timezone.now())


@router.post(
    "/{uuid:booking_id}/offer-next", response={200: s.AskedOut, **REFUSED},
    summary="Ask the next workers now",
)  # fmt: skip
def offer_next(request: HttpRequest, booking_id: UUID) -> dict[str, Any]:
    return {"offer_ids": operations.offer_next(**act(request, booking_id))}


@router.post(
    "/{uuid:booking_id}/withdraw-offers", response={200: s.CountOut, **REFUSED},
    summary="Take the open offers back",
)  # fmt: skip
def withdraw_offers(request: HttpRequest, booking_id: UUID) -> dict[str, int]:
    return {"count": operations.withdraw_offers(**act(request, booking_id))}
