from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import NotAllowed, saying
from coop.members.operations import _register as register
from coop.members.types import MemberRef, MotionState, said_office


@transaction.atomic
def withdraw_motion(*, by: MemberRef, at: datetime, motion_id: UUID) -> None:
    """Who asked takes it back; when nobody can second it any more, any board member does.

    Raises NotAllowed `board_only`, `hers_to_take_back`, NotFound `motion_unknown`.
    """
    register.only_board(by, _("Only the board decides this."))
    motion = register.waiting(by, motion_id)
    day = register.day_of(by, at)
    lapsed = motion.lapsed(board=register.board_on(by, day), at=at, day=day)
    if by.person_id != motion.asked_by_id and not lapsed:
        raise NotAllowed("hers_to_take_back", _("Only who asked for it takes it back."))
    motion.state, motion.settled_at = MotionState.WITHDRAWN, at
    motion.save(update_fields=["state", "settled_at"])
    audit.record(
        by=by, at=at,
        sentence=saying(
            "took back what was asked about the office %(office)s",
            office=said_office(motion.name),
        ),
        about=("office_motion", motion.id),
    )  # fmt: skip
    register.tell_the_board(by, motion.id)
