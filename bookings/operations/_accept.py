from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Q

from bookings.events import OfferAccepted
from bookings.models import Booking, Offer
from bookings.operations._hold import hold_calendar, hold_where, span
from bookings.operations._tell import hint
from bookings.operations._withdraw import let_go_of_others
from bookings.queries.seeing import offers_visible_to
from bookings.types import BookingState, OfferState
from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import NotAllowed, NotFound, RuleBroken, saying
from coop.members.types import MemberRef

GONE = "Somebody else has taken this visit, or the offer has ended. It costs you nothing."
BUSY = "You have another visit at that time, so you cannot take this one."


def accept(*, by: MemberRef, at: datetime, offer_id: UUID) -> None:
    """Take a visit. The first to accept has it, exactly once; the money is secured next.

    Raises RuleBroken `offer_gone`, `worker_busy`.
    """
    try:
        with transaction.atomic():
            _accept(by, at, offer_id)
    except (IntegrityError, OperationalError) as error:
        raise _explained(error) from error


def _accept(by: MemberRef, at: datetime, offer_id: UUID) -> None:
    try:
        offer = Offer.objects.get(offers_visible_to(by) & Q(id=offer_id))
    except Offer.DoesNotExist as missing:
        raise NotFound("offer_unknown", "This offer is not known here.") from missing
    if offer.worker_id != by.worker_id:
        raise NotAllowed("not_her_offer", "Only she who was asked can accept.")
    row = _take(offer, at)
    audit.record(by=by, at=at, sentence=saying("accepted an offer"), about=("booking", row.id))
    let_go_of_others(by=by, at=at, row=row, but=offer.id)
    publish(
        OfferAccepted(
            row.cooperative_id, row.id, offer.id, offer.worker_id, row.household_id,
            row.quote_id, span(row), at,
        )
    )  # fmt: skip
    hint(row)


def _take(offer: Offer, at: datetime) -> Booking:
    """Lock the visit and her time, then win the offer and take the time."""
    row = hold_where(Q(id=offer.booking_id))
    if row.state != BookingState.OFFERED or row.worker_id is not None or row.during.lower <= at:
        raise RuleBroken("offer_gone", GONE)
    hold_calendar(offer.cooperative_id, offer.worker_id)
    won = Offer.objects.filter(
        id=offer.id, state=OfferState.OPEN, expires_at__gt=at
    ).update(state=OfferState.ACCEPTED, answered_at=at)  # fmt: skip
    if not won:
        raise RuleBroken("offer_gone", GONE)
    row.worker_id = offer.worker_id
    row.version += 1
    row.save(update_fields=["worker", "version"])
    return row


def _explained(error: Exception) -> RuleBroken:
    """The database's refusal as a sentence; anything unknown is raised as it is."""
    said = str(error)
    if "worker_in_one_place" in said:
        return RuleBroken("worker_busy", BUSY)
    if "offer_one_winner" in said:
        return RuleBroken("offer_gone", GONE)
    if isinstance(error, OperationalError):
        return RuleBroken("busy_now", "Many are answering at this moment. Try once more.")
    raise error
