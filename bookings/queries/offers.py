"""Invitations as their worker sees them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bookings.models import Offer
from bookings.queries.seeing import offers_visible_to
from bookings.queries.wages import wages
from bookings.types import OfferCard, OfferState
from coop.kernel import Money, NotFound, TimeRange
from coop.members.types import MemberRef


def offers(*, by: MemberRef, at: datetime) -> list[OfferCard]:
    """Her open offers, the one that ends first on top."""
    if by.worker_id is None:
        return []
    mine = Q(
        cooperative_id=by.cooperative_id, worker_id=by.worker_id, state=OfferState.OPEN,
        expires_at__gt=at,
    )  # fmt: skip
    rows = list(_rich(mine).order_by("expires_at", "id"))
    known = wages(by) if rows else None
    return [card(row, known.rate(row.booking)) for row in rows if known]


def offer(*, by: MemberRef, offer_id: UUID) -> OfferCard:
    """Raises NotFound `offer_unknown`."""
    row = _rich(offers_visible_to(by) & Q(id=offer_id)).first()
    if row is None:
        raise NotFound("offer_unknown", "This offer is not known here.")
    return card(row, wages(by).rate(row.booking))


def _rich(where: Q) -> QuerySet[Offer]:
    return Offer.objects.filter(where).select_related(
        "booking__service", "booking__address", "booking__quote"
    )


def card(row: Offer, rate: Money) -> OfferCard:
    booking = row.booking
    return OfferCard(
        id=row.id,
        booking_id=booking.id,
        state=OfferState(row.state),
        service=booking.service.code,
        service_name=_(booking.service.name),
        area=booking.address.area,
        during=TimeRange(booking.during.lower, booking.during.upper),
        pay=Money(row.pay_minor, row.currency),
        paid_seconds=booking.quote.paid_seconds + booking.quote.travel_seconds,
        rate=rate,
        metres=row.metres,
        code=row.code,
        expires_at=row.expires_at,
        has_wishes=bool(booking.wishes),
        travel_seconds=booking.quote.travel_seconds,
    )


def cooperative_of_offer(offer_id: UUID) -> UUID:
    """Whose offer it is, for the system's own promises. Raises NotFound."""
    found = Offer.objects.filter(id=offer_id).values_list("cooperative_id", flat=True).first()
    if found is None:
        raise NotFound("offer_unknown", "This offer is not known here.")
    return found
