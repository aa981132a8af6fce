from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from coop.audit import operations as audit
from coop.members.models import OfficeMotion, User
from coop.members.operations import _register as register
from coop.members.types import MemberRef, OfficeAct, OfficeName


@transaction.atomic
def appoint(
    *,
    by: MemberRef,
    at: datetime,
    person_id: UUID,
    office: OfficeName,
    from_on: date,
    until_on: date,
    source: str,
) -> OfficeAct:
    """Give an office for a term [from_on, until_on); its rights come and go with these days.

    A seat on the board waits for a second board member, where there is one.
    """
    register.only_board(by, "Only the board enters an office into the register.")
    register.hold(by)
    person, days = register.person_here(by, person_id), (from_on, until_on)
    if office == OfficeName.BOARD and not by.is_system:
        others = register.board_on(by, register.day_of(by, at)) - {by.person_id}
        if others:
            return _ask(by, at, person, days, source)
    entered = register.write_entry(
        by=by, at=at, person=person, office=office, days=days, source=source
    )
    return OfficeAct(entered, waits=False)


def _ask(
    by: MemberRef, at: datetime, person: User, days: tuple[date, date], source: str
) -> OfficeAct:
    row = OfficeMotion.objects.create(
        cooperative_id=by.cooperative_id, user=person, name=OfficeName.BOARD, from_on=days[0],
        until_on=days[1], source=source, asked_by_id=by.person_id or "", asked_at=at,
    )  # fmt: skip
    audit.record(
        by=by, at=at, sentence=f"asked for a second key to put {person.name} on the board",
        about=("office_motion", row.id),
    )  # fmt: skip
    register.tell_the_board(by, row.id)
    return OfficeAct(row.id, waits=True)
