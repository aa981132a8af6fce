from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from coop.audit import operations as audit
from coop.kernel import NotAllowed, saying
from coop.members.types import MemberRef
from coop.realtime import changed, members_group
from governance.operations._hold import hold_proposal, wrong_step


@transaction.atomic
def withdraw(*, by: MemberRef, at: datetime, proposal_id: UUID, reason: str) -> None:
    """Take a proposal back before its vote; only who proposed it may. The reason stays."""
    row = hold_proposal(by, proposal_id)
    if row.proposed_by_id != by.person_id:
        raise NotAllowed("not_yours", _("Only who proposed it takes it back."))
    try:
        row.withdraw()
    except TransitionNotAllowed as error:
        raise wrong_step(error, row) from error
    row.ended_at, row.end_reason = at, reason.strip()[:300]
    row.save(update_fields=["state", "ended_at", "end_reason"])
    audit.record(
        by=by,
        at=at,
        sentence=saying("withdrew proposal %(number)s", number=row.number),
        about=("proposal", row.id),
    )
    changed(groups=[members_group(by.cooperative_id)], what="proposal", id=row.id)
