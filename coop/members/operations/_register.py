"""What every act on the register of offices does: hold it, and write one line of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import NotAllowed, NotFound, RuleBroken, saying
from coop.members.models import Cooperative, Membership, Office, OfficeMotion, User
from coop.members.types import MemberRef, MembershipState, OfficeName, said_office
from coop.realtime import changed, office_group


def hold(by: MemberRef) -> None:
    """One act on a cooperative's offices at a time: who is left is then known."""
    Cooperative.objects.select_for_update(no_key=True).get(id=by.cooperative_id)


def day_of(by: MemberRef, at: datetime) -> date:
    return at.astimezone(ZoneInfo(by.zone)).date()


def board_on(by: MemberRef, day: date) -> set[UUID]:
    """The people of the board on a day."""
    rows = Office.objects.filter(
        cooperative_id=by.cooperative_id, name=OfficeName.BOARD, term__contains=day
    )
    return set(rows.values_list("user_id", flat=True))


def only_board(by: MemberRef, sentence: str) -> None:
    if not (by.is_system or by.has("board")):
        raise NotAllowed("board_only", sentence)


def write_end(*, by: MemberRef, at: datetime, row: Office, on: date) -> None:
    """The office ends; a board is never left without anybody. Raises `last_of_the_board`."""
    begins = row.term.lower
    last = max(begins, on)
    if row.name == OfficeName.BOARD and not board_on(by, last) - {row.user_id}:
        raise RuleBroken(
            "last_of_the_board",
            _("Nobody else is on the board from that day. Enter a successor first."),
        )
    row.term = DateRange(begins, last)
    row.save(update_fields=["term"])
    audit.record(
        by=by, at=at,
        sentence=saying(
            "%(person)s no longer holds the office %(office)s from %(on)s",
            person=row.user.name, office=said_office(row.name), on=on,
        ),
        about=("office", row.id),
    )  # fmt: skip
    tell_the_board(by, row.id)


def write_entry(
    *, by: MemberRef, at: datetime, person: User, office: str, days: tuple[date, date], source: str
) -> UUID:
    """The office is in the register. Raises `office_held`."""
    try:
        with transaction.atomic():
            row = Office.objects.create(
                cooperative_id=by.cooperative_id, user=person, name=office,
                term=DateRange(*days), source=source,
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken(
            "office_held",
            "%(person_name)s holds this office on some of these days already.",
            person_name=person.name,
        ) from error
    audit.record(
        by=by, at=at,
        sentence=saying(
            "%(person)s holds the office %(office)s until %(until)s",
            person=person.name, office=said_office(office), until=days[1],
        ),
        about=("office", row.id),
    )  # fmt: skip
    tell_the_board(by, row.id)
    return row.id


def waiting(by: MemberRef, motion_id: UUID) -> OfficeMotion:
    """A request that waits for its second key, locked. Raises NotFound `motion_unknown`."""
    row = (
        OfficeMotion.objects.select_for_update(of=("self",))
        .select_related("user", "office", "office__user")
        .filter(cooperative_id=by.cooperative_id, id=motion_id, state="waiting")
        .first()
    )
    if row is None:
        raise NotFound("motion_unknown", _("There is no such request that still waits."))
    return row


def person_here(by: MemberRef, person_id: UUID) -> User:
    """Somebody who was let in and has not left; anybody else does not exist here."""
    outside = [MembershipState.APPLICANT, MembershipState.LEFT]
    belongs = Membership.objects.filter(
        cooperative_id=by.cooperative_id, user_id=person_id
    ).exclude(state__in=outside)
    person = User.objects.filter(id=person_id).first()
    if person is None or not belongs.exists():
        raise NotFound("person_unknown", _("This person is not known here."))
    return person


def tell_the_board(by: MemberRef, id: UUID) -> None:
    changed(groups=[office_group(by.cooperative_id, "board")], what="office", id=id)
