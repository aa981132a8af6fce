from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import BadInput, saying
from coop.members.models import OfficeMotion, User
from coop.members.operations import _register as register
from coop.members.types import TRUSTED_OFFICES, MemberRef, OfficeAct, OfficeName, said_office


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

    A seat on the board, in the election committee or as auditor waits for a second board member,
    where there is one. Raises NotAllowed `board_only`, BadInput `term_backwards`, NotFound
    `person_unknown`, RuleBroken `office_held`.
    """
    register.only_board(by, _("Only the board enters an office into the register."))
    if until_on <= from_on:
        raise BadInput("term_backwards", _("A term ends after it begins."))
    register.hold(by)
    person, days = register.person_here(by, person_id), (from_on, until_on)
    if office in TRUSTED_OFFICES and not by.is_system:
        others = register.board_on(by, register.day_of(by, at)) - {by.person_id}
        if others:
            return _ask(by, at, (person, office), days, source)
    entered = register.write_entry(
        by=by, at=at, person=person, office=office, days=days, source=source
    )
    return OfficeAct(entered, waits=False)


def _ask(
    by: MemberRef,
    at: datetime,
    whom: tuple[User, OfficeName],
    days: tuple[date, date],
    source: str,
) -> OfficeAct:
    person, office = whom
    row = OfficeMotion.objects.create(
        cooperative_id=by.cooperative_id, user=person, name=office, from_on=days[0],
        until_on=days[1], source=source, asked_by_id=by.person_id or "", asked_at=at,
    )  # fmt: skip
    audit.record(
        by=by, at=at,
        sentence=saying(
            "asked for a second key to give %(person)s the office %(office)s",
            person=person.name, office=said_office(office),
        ),
        about=("office_motion", row.id),
    )  # fmt: skip
    register.tell_the_board(by, row.id)
    return OfficeAct(row.id, waits=True)
