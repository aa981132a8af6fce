from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.models import Offer
from bookings.operations._decline import close
from bookings.operations._hold import hold
from bookings.operations._lapse import lapse
from bookings.operations._withdraw import let_go_of_others
from bookings.types import BookingState, OfferState
from coop.audit import operations as audit
from coop.kernel import NotAllowed, saying
from coop.members.types import MemberRef


@transaction.atomic
def expire_offer(*, by: MemberRef, at: datetime, offer_id: UUID) -> None:
    """End an offer whose time ran out; answered in the meantime, there is nothing to do."""
    _system_only(by)
    offer = Offer.objects.filter(cooperative_id=by.cooperative_id, id=offer_id).first()
    if offer is None or offer.state != OfferState.OPEN or offer.expires_at > at:
        return
    close(by=by, at=at, offer=offer, how=OfferState.EXPIRED)
    audit.record(
        by=by, at=at, sentence=saying("let an offer run out"), about=("booking", offer.booking_id)
    )


@transaction.atomic
def expire_booking(*, by: MemberRef, at: datetime, booking_id: UUID) -> None:
    """Close a booking whose time came with nobody secured for it; nothing is owed.

    A worker who had accepted hears that it was the money, and carries no mark.
    """
    _system_only(by)
    row = hold(by, booking_id)
    open_states = {BookingState.REQUESTED, BookingState.OFFERED}
    if row.state not in open_states or row.during.lower > at:
        return
    let_go_of_others(by=by, at=at, row=row, but=None)
    lapse(by=by, at=at, row=row)


def _system_only(by: MemberRef) -> None:
    if not by.is_system:
        raise NotAllowed("system_only", _("Time alone ends an offer."))
