from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import NotAllowed, NotFound, RuleBroken
from coop.members.models import Membership, Office, User
from coop.members.types import MemberRef, MembershipState, OfficeName


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
) -> UUID:
    """Give an office for a term [from_on, until_on); its rights come and go with these days."""
    if not (by.is_system or by.has("board")):
        raise NotAllowed("board_only", "Only the board enters an office into the register.")
    person = _of_this_cooperative(by, person_id)
    try:
        with transaction.atomic():
            row = Office.objects.create(
                cooperative_id=by.cooperative_id, user=person, name=office,
                term=DateRange(from_on, until_on), source=source,
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken(
            "office_held",
            "%(person_name)s holds this office on some of these days already.",
            person_name=person.name,
        ) from error
    audit.record(
        by=by, at=at, sentence=f"{person.name} holds the office {office} until {until_on}",
        about=("office", row.id),
    )  # fmt: skip
    return row.id


def _of_this_cooperative(by: MemberRef, person_id: UUID) -> User:
    """Somebody who was let in and has not left; anybody else does not exist here."""
    outside = [MembershipState.APPLICANT, MembershipState.LEFT]
    belongs = Membership.objects.filter(
        cooperative_id=by.cooperative_id, user_id=person_id
    ).exclude(state__in=outside)
    person = User.objects.filter(id=person_id).first()
    if person is None or not belongs.exists():
        raise NotFound("person_unknown", _("This person is not known here."))
    return person
