from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bookings.models import Avoidance, Calendar
from bookings.types import Side
from coop.audit import operations as audit
from coop.kernel import NotAllowed, NotFound, saying
from coop.members import queries as members
from coop.members.types import MemberRef


@transaction.atomic
def avoid(*, by: MemberRef, at: datetime, household_id: UUID, worker_id: UUID) -> None:
    """Do not pair these two again. Either side may say so, without a reason; nobody is told."""
    side = _side(by, household_id, worker_id)
    here = by.cooperative_id
    known = Calendar.objects.filter(cooperative_id=here, worker_id=worker_id).exists()
    if not known or not members.households(cooperative_id=here, ids=[household_id]):
        raise NotFound("pair_unknown", "This worker or household is not known here.")
    row, new = Avoidance.objects.get_or_create(
        cooperative_id=here, household_id=household_id, worker_id=worker_id, said_by=side,
        defaults={"said_at": at},
    )  # fmt: skip
    if new:
        audit.record(
            by=by, at=at, sentence=saying("asked not to be paired"), about=("avoidance", row.id)
        )


@transaction.atomic
def unavoid(*, by: MemberRef, at: datetime, household_id: UUID, worker_id: UUID) -> None:
    """Take back one's own word about not being paired; the other side's stays."""
    side = _side(by, household_id, worker_id)
    found = Avoidance.objects.filter(
        cooperative_id=by.cooperative_id, household_id=household_id, worker_id=worker_id,
        said_by=side,
    ).first()  # fmt: skip
    if found is None:
        raise NotFound("pair_unknown", "You did not ask for this.")
    audit.record(
        by=by, at=at, sentence=saying("may be paired again"), about=("avoidance", found.id)
    )
    found.delete()


def _side(by: MemberRef, household_id: UUID, worker_id: UUID) -> Side:
    if by.worker_id == worker_id:
        return Side.WORKER
    if by.household_id == household_id:
        return Side.HOUSEHOLD
    if by.has("coordinator"):
        return Side.COORDINATOR
    raise NotAllowed("not_her_word", "Only one of the two can ask not to be paired.")
