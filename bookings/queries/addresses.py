"""Where to go (I12): for the worker who accepted, until two hours after the end, each read kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from bookings.models import Booking, Offer
from bookings.queries.bookings import unknown
from bookings.types import AddressView, BookingState, OfferState
from coop.audit import operations as audit
from coop.kernel import ours, saying
from coop.members import queries as members
from coop.members.types import MemberRef

FULL_BEFORE = timedelta(hours=24)
GONE_AFTER = timedelta(hours=2)
#: The sentences of the trail; `check_books` goes through them (I12).
READ_AREA = ours("read the area of a visit")
READ_WHOLE = ours("read the address of a visit")
_NEVER = {BookingState.CANCELLED, BookingState.EXPIRED, BookingState.REQUESTED}


@transaction.atomic
def address_for_worker(*, by: MemberRef, booking_id: UUID, at: datetime) -> AddressView:
    """The area from acceptance on, the whole address from a day before the start.

    The wishes of the household are free words in which a street may stand: they open with it.
    Raises NotFound `booking_unknown` to everybody else and at every other time.
    """
    if by.worker_id is None:
        raise unknown()
    row = Booking.objects.filter(
        cooperative_id=by.cooperative_id, id=booking_id, worker_id=by.worker_id
    ).first()
    if row is None or row.state in _NEVER:
        raise unknown()
    accepted = Offer.objects.filter(
        booking=row, worker_id=by.worker_id, state=OfferState.ACCEPTED
    ).exists()
    if not accepted or at >= (row.ended_at or row.during.upper) + GONE_AFTER:
        raise unknown()
    place = members.address(cooperative_id=by.cooperative_id, address_id=row.address_id)
    full_from = row.during.lower - FULL_BEFORE
    whole = at >= full_from
    audit.record(
        by=by, at=at, sentence=saying(READ_WHOLE if whole else READ_AREA),
        about=("household", row.household_id),
        facts={"booking": str(row.id), "address": str(place.id), "whole": str(whole)},
    )  # fmt: skip
    if not whole:
        return AddressView(row.id, place.area, place.cell, full_from=full_from)
    return AddressView(
        row.id, place.area, place.cell, place.lines, place.notes, full_from, row.wishes
    )
