from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.kernel import NotFound, RuleBroken
from coop.members.models import Office, OfficeMotion
from coop.members.operations import _register as register
from coop.members.types import MemberRef, MotionState, OfficeAct


@transaction.atomic
def second_motion(*, by: MemberRef, at: datetime, motion_id: UUID) -> OfficeAct:
    """Turn the second key: what was asked about an office is done now, and never backwards.

    Raises NotAllowed `board_only`, NotFound `motion_unknown`, `asked_by_you`, `about_you`,
    `asker_left`, `motion_lapsed`.
    """
    register.only_board(by, _("Only the board decides this."))
    register.hold(by)
    motion = register.waiting(by, motion_id)
    _two_keys(by, at, motion)
    # First the key, then what it opens: the database refuses the same hand twice.
    motion.state, motion.seconded_by_id, motion.settled_at = MotionState.DONE, by.person_id, at
    motion.save(update_fields=["state", "seconded_by", "settled_at"])
    if motion.office_id is None:
        assert motion.until_on is not None
        person = register.person_here(by, motion.user_id)
        done = register.write_entry(
            by=by, at=at, person=person, office=motion.name,
            days=(max(motion.from_on, register.day_of(by, at)), motion.until_on),
            source=motion.source,
        )  # fmt: skip
        return OfficeAct(done, waits=False)
    on = max(motion.from_on, register.day_of(by, at))
    rows = Office.objects.filter(id=motion.office_id, term__endswith__gt=on)
    row = rows.select_for_update(of=("self",)).select_related("user").first()
    if row is None:
        raise NotFound("office_unknown", _("There is no such office that lasts longer."))
    register.write_end(by=by, at=at, row=row, on=on)
    return OfficeAct(row.id, waits=False)


def _two_keys(by: MemberRef, at: datetime, motion: OfficeMotion) -> None:
    """Both are of the board today, are not the same person, and nobody decides about herself."""
    day = register.day_of(by, at)
    board = register.board_on(by, day)
    if by.person_id == motion.asked_by_id or by.person_id not in board:
        raise RuleBroken("asked_by_you", _("You asked for this; the second key is another's."))
    if motion.office_id is not None and by.person_id == motion.user_id:
        raise RuleBroken("about_you", _("This is about you; the second key is another's."))
    if motion.asked_by_id not in board:
        raise RuleBroken(
            "asker_left", _("Who asked for this is no longer on the board. Ask for it anew.")
        )
    if motion.lapsed(board=board, at=at, day=day):
        raise RuleBroken(
            "motion_lapsed",
            _("This no longer holds. Take it back; if you still want it, ask for it anew."),
        )
