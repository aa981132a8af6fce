"""Bookings as their household and the office see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from bookings.models import Booking, Declaration, Offer, Series, Visit
from bookings.queries.seeing import visible_to
from bookings.types import (
    Absence,
    BookingCard,
    BookingState,
    Conflict,
    DeclarationCard,
    OfferState,
    Side,
    VisitCard,
    VisitName,
)  # fmt: skip
from coop.kernel import Money, NotFound, TimeRange
from coop.members.types import MemberRef

#: Until the visit is over the household may need to tell the code.
_CODE_STATES = {BookingState.OFFERED, BookingState.CONFIRMED, BookingState.IN_PROGRESS}


def booking(*, by: MemberRef, booking_id: UUID) -> BookingCard:
    """Raises NotFound `booking_unknown`."""
    return card(row(by, booking_id), by)


def row(by: MemberRef, booking_id: UUID) -> Booking:
    found = rich(visible_to(by) & Q(id=booking_id)).first()
    if found is None:
        raise unknown()
    return found


def unknown() -> NotFound:
    return NotFound("booking_unknown", "This booking is not known here.")


def booking_by_id(*, cooperative_id: UUID, booking_id: UUID) -> BookingCard:
    """For what follows from a booking, such as its payment; asks only for the cooperative."""
    found = rich(Q(cooperative_id=cooperative_id, id=booking_id)).first()
    if found is None:
        raise unknown()
    return card(found, None)


def visit_names(*, cooperative_id: UUID, ids: Collection[UUID]) -> dict[UUID, VisitName]:
    """What bills call visits, by booking; one query. Unknown ids are left out."""
    rows = Booking.objects.filter(cooperative_id=cooperative_id, id__in=list(ids))
    return {
        one.id: VisitName(
            _(one.service.name), one.household.name, TimeRange(one.during.lower, one.during.upper)
        )
        for one in rows.select_related("service", "household")
    }


def my_visits(*, by: MemberRef) -> list[BookingCard]:
    """Her household's bookings, the latest first; none for somebody without a household."""
    if by.household_id is None:
        return []
    rows = rich(Q(cooperative_id=by.cooperative_id, household_id=by.household_id))
    return cards(rows.order_by(Lower("during").desc(), "id")[:200], by)


def series_of(*, by: MemberRef, series_id: UUID) -> list[BookingCard]:
    """The dates of a series, the first first. Raises NotFound `series_unknown`."""
    rows = rich(visible_to(by) & Q(series_id=series_id)).order_by(Lower("during"))
    found = cards(rows, by)
    if not found:
        raise NotFound("series_unknown", "This series is not known here.")
    return found


def dates_not_booked(*, by: MemberRef, series_id: UUID) -> list[Conflict]:
    """Dates of a series that were wished for and could not be booked: none is hidden.

    Raises NotFound `series_unknown`.
    """
    found = Series.objects.filter(cooperative_id=by.cooperative_id, id=series_id).first()
    if found is None or not Booking.objects.filter(visible_to(by), series_id=series_id).exists():
        raise NotFound("series_unknown", "This series is not known here.")
    return [Conflict(date.fromisoformat(on), code) for on, code, *_old in found.left_out]


def declarations(*, by: MemberRef, booking_id: UUID) -> list[DeclarationCard]:
    """What each side said about when the visit was, the oldest first."""
    of = row(by, booking_id)
    rows = Declaration.objects.filter(booking=of).order_by("said_at", "id")
    return [
        DeclarationCard(
            Side(r.side),
            TimeRange(r.during.lower, r.during.upper) if r.during else None,
            r.note,
            r.said_at,
            Absence(r.absence) if r.absence else None,
        )
        for r in rows
    ]


def visit(*, by: MemberRef, booking_id: UUID) -> VisitCard:
    """The finished visit of a booking. Raises NotFound."""
    of = row(by, booking_id)
    found = Visit.objects.filter(booking=of).first()
    if found is None:
        raise NotFound("visit_unknown", "This visit is not finished yet.")
    return _visit(found)


def visit_by_id(*, cooperative_id: UUID, visit_id: UUID) -> VisitCard:
    """For what follows from a visit; asks only for the cooperative."""
    found = Visit.objects.filter(cooperative_id=cooperative_id, id=visit_id).first()
    if found is None:
        raise NotFound("visit_unknown", "This visit is not known here.")
    return _visit(found)


def _visit(found: Visit) -> VisitCard:
    return VisitCard(
        found.id, found.booking_id, found.worker_id, found.household_id, found.quote_id,
        TimeRange(found.during.lower, found.during.upper), found.completed_at,
    )  # fmt: skip


def rich(where: Q) -> QuerySet[Booking]:
    """Bookings with everything a card shows, in one query."""
    winner = Offer.objects.filter(booking=OuterRef("pk"), state=OfferState.ACCEPTED).values("id")
    return (
        Booking.objects.filter(where)
        .select_related("household", "address", "service", "quote", "worker")
        .annotate(offer_id=Subquery(winner[:1]))
    )


def cards(rows: Iterable[Booking], by: MemberRef | None) -> list[BookingCard]:
    return [card(one, by) for one in rows]


def card(of: Booking, by: MemberRef | None) -> BookingCard:
    state = BookingState(of.state)
    is_hers = by is not None and by.household_id == of.household_id
    return BookingCard(
        id=of.id,
        household_id=of.household_id,
        household_name=of.household.name,
        service=of.service.code,
        service_name=_(of.service.name),
        area=of.address.area,
        during=TimeRange(of.during.lower, of.during.upper),
        state=state,
        price=Money(of.quote.price_minor, of.quote.currency),
        quote_id=of.quote_id,
        series_id=of.series_id,
        worker_id=of.worker_id,
        worker_name=of.worker.name if of.worker else "",
        wishes=of.wishes if is_hers else "",
        client_code=of.client_code if is_hers and state in _CODE_STATES else "",
        started_at=of.started_at,
        ended_at=of.ended_at,
        offer_id=getattr(of, "offer_id", None),
        cancelled_reason=of.cancelled_reason,
        version=of.version,
    )


def cooperative_of(booking_id: UUID) -> UUID:
    """Whose booking it is, for the system's own promises. Raises NotFound."""
    found = Booking.objects.filter(id=booking_id).values_list("cooperative_id", flat=True).first()
    if found is None:
        raise unknown()
    return found
