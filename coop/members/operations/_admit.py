from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import NotAllowed, NotFound, saying
from coop.members.events import MemberAdmitted
from coop.members.models import Cooperative, Membership
from coop.members.types import MemberRef, MembershipState


@transaction.atomic
def apply_for_membership(*, by: MemberRef, at: datetime, person_id: UUID) -> UUID:
    """Ask to become a member; asking twice is asking once. The number is never used again."""
    Cooperative.objects.select_for_update().get(id=by.cooperative_id)
    found = Membership.objects.filter(cooperative_id=by.cooperative_id, user_id=person_id).first()
    if found is not None:
        return found.id
    last = Membership.objects.filter(cooperative_id=by.cooperative_id).aggregate(n=Max("number"))
    row = Membership.objects.create(
        cooperative_id=by.cooperative_id,
        user_id=person_id,
        number=(last["n"] or 0) + 1,
        applied_at=at,
    )
    audit.record(
        by=by, at=at, sentence=saying("applied for membership"), about=("membership", row.id)
    )
    return row.id


@transaction.atomic
def admit(*, by: MemberRef, at: datetime, membership_id: UUID, on: date) -> None:
    """Make an applicant or a person on trial a member with one vote. The board's act."""
    if not (by.is_system or by.has("board")):
        raise NotAllowed("board_only", "Only the board admits members.")
    row = (
        Membership.objects.select_for_update()
        .filter(
            cooperative_id=by.cooperative_id,
            id=membership_id,
            state__in=[MembershipState.APPLICANT, MembershipState.TRIAL],
        )
        .first()
    )
    if row is None:
        raise NotFound("application_unknown", "There is no such open application.")
    row.state, row.member_since = MembershipState.MEMBER, on
    row.save(update_fields=["state", "member_since"])
    audit.record(by=by, at=at, sentence=saying("admitted a member"), about=("membership", row.id))
    publish(MemberAdmitted(by.cooperative_id, row.id, row.user_id, at))
