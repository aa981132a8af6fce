from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.models import Offer
from bookings.operations._accept import accept
from bookings.operations._decline import decline
from bookings.types import OfferState
from coop.members import queries as members
from coop.members.types import MemberRef


@transaction.atomic
def accept_by_sms(person_id: UUID, text: str, at: datetime) -> str:
    """Take the visit of a code ("4821"), or the only one offered; the reply she gets."""
    found = _offer(person_id, text, at)
    if isinstance(found, str):
        return found
    accept(by=_ref(person_id, found, at), at=at, offer_id=found.id)
    return _("It is yours. We confirm it as soon as the payment is secured.")


@transaction.atomic
def decline_by_sms(person_id: UUID, text: str, at: datetime) -> str:
    """Say no to the visit of a code, or to the only one offered; the reply she gets."""
    found = _offer(person_id, text, at)
    if isinstance(found, str):
        return found
    decline(by=_ref(person_id, found, at), at=at, offer_id=found.id)
    return _("Thank you for saying so. It costs you nothing.")


def _offer(person_id: UUID, text: str, at: datetime) -> Offer | str:
    code = text.strip()[:4]
    mine = Offer.objects.filter(worker__user_id=person_id, state=OfferState.OPEN)
    rows = list((mine.filter(code=code) if code else mine)[:2])
    if not rows:
        return _("There is no open offer with this code. It costs you nothing.")
    if len(rows) > 1:
        return _("You have several offers. Write the word and the four digits of one.")
    return rows[0]


def _ref(person_id: UUID, offer: Offer, at: datetime) -> MemberRef:
    here = offer.cooperative_id
    return members.ref_for(person_id=person_id, cooperative_id=here, on=at.date())
