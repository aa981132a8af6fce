from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import NotAllowed, NotFound, saying
from coop.members.types import MemberRef
from payments.surplus.models import Sharing
from payments.surplus.types import SharingState


@transaction.atomic
def withdraw_sharing(*, by: MemberRef, at: datetime, sharing_id: UUID) -> None:
    """Take a proposed sharing back; it stays readable."""
    if not (by.is_system or by.has("treasurer", "board")):
        raise NotAllowed("not_your_office", _("This is for the treasurer and the board."))
    row = (
        Sharing.objects.select_for_update()
        .filter(cooperative_id=by.cooperative_id, id=sharing_id, state=SharingState.PROPOSED)
        .first()
    )
    if row is None:
        raise NotFound("sharing_unknown", _("There is no such proposed sharing."))
    row.to_withdrawn()
    row.save()
    audit.record(by=by, at=at, sentence=saying("withdrew the sharing"), about=("sharing", row.id))
