from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from bookings.models import Offer
from bookings.operations._hold import hold_where
from bookings.operations._tell import hint
from bookings.queries.seeing import offers_visible_to
from bookings.types import OfferState
from coop.audit import operations as audit
from coop.kernel import NotAllowed, NotFound, RuleBroken, saying
from coop.members.types import MemberRef
from coop.outbox import operations as outbox


@transaction.atomic
def decline(*, by: MemberRef, at: datetime, offer_id: UUID) -> None:
    """Say no. It costs nothing and is counted nowhere; the next is asked."""
    offer = Offer.objects.filter(offers_visible_to(by) & Q(id=offer_id)).first()
    if offer is None:
        raise NotFound("offer_unknown", _("This offer is not known here."))
    if offer.worker_id != by.worker_id:
        raise NotAllowed("not_her_offer", _("Only she who was asked can answer."))
    close(by=by, at=at, offer=offer, how=OfferState.DECLINED)
    audit.record(
        by=by, at=at, sentence=saying("answered an offer"), about=("booking", offer.booking_id)
    )


def close(*, by: MemberRef, at: datetime, offer: Offer, how: OfferState) -> None:
    """End an open offer and have the next asked when it was the last open one."""
    row = hold_where(Q(id=offer.booking_id))
    ended = Offer.objects.filter(id=offer.id, state=OfferState.OPEN).update(
        state=how, answered_at=at
    )
    if not ended:
        raise RuleBroken("offer_gone", _("This offer has ended already. It costs you nothing."))
    if not Offer.objects.filter(booking=row, state=OfferState.OPEN).exists():
        outbox.promise(
            key=f"pair:{row.id}:after:{offer.id}", effect="bookings.offer_next",
            payload={"booking": str(row.id)}, due_at=at, at=at,
            cooperative_id=offer.cooperative_id,
        )  # fmt: skip
    hint(row, also=(offer.worker_id,))
