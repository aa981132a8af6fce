from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import NotFound, RuleBroken, saying
from coop.members.models import Office, OfficeMotion
from coop.members.operations import _register as register
from coop.members.types import TRUSTED_OFFICES, MemberRef, OfficeAct, said_office


@transaction.atomic
def end_office(*, by: MemberRef, at: datetime, office_id: UUID, on: date) -> OfficeAct:
    """End a term before its time: `on` is the first day without the office's rights.

    Everybody may end her own. Another's seat on the board, in the election committee or as auditor
    waits for a second board member who is not the one concerned. An office that had not begun
    never begins. Raises NotFound `office_unknown`, also for another's office without a seat
    on the board; `last_of_the_board`, `no_second_key`, `asked_already`.
    """
    register.hold(by)
    rows = Office.objects.filter(cooperative_id=by.cooperative_id, id=office_id)
    if not (by.is_system or by.has("board")):
        rows = rows.filter(user_id=by.person_id or "")
    lasting = rows.filter(term__endswith__gt=on).select_related("user")
    row = lasting.select_for_update(of=("self",)).first()
    if row is None:
        raise NotFound("office_unknown", _("There is no such office that lasts longer."))
    if row.name in TRUSTED_OFFICES and not (by.is_system or row.user_id == by.person_id):
        return _ask(by, at, row, on)
    register.write_end(by=by, at=at, row=row, on=on)
    return OfficeAct(row.id, waits=False)


def _ask(by: MemberRef, at: datetime, row: Office, on: date) -> OfficeAct:
    seconds = register.board_on(by, register.day_of(by, at)) - {by.person_id, row.user_id}
    if not seconds:
        raise RuleBroken(
            "no_second_key",
            _("A second board member must agree, and there is none. Put it to the members."),
        )
    try:
        with transaction.atomic():
            motion = OfficeMotion.objects.create(
                cooperative_id=by.cooperative_id, user=row.user, name=row.name, office=row,
                from_on=on, asked_by_id=by.person_id or "", asked_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        if "office_motion_once" not in str(error):
            raise
        raise RuleBroken(
            "asked_already", _("This was asked already; it waits for another board member.")
        ) from error
    audit.record(
        by=by, at=at, about=("office_motion", motion.id),
        sentence=saying(
            "asked for a second key to end the office %(office)s of %(person)s",
            office=said_office(row.name), person=row.user.name,
        ),
    )  # fmt: skip
    register.tell_the_board(by, motion.id)
    return OfficeAct(motion.id, waits=True)
