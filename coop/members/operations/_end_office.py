from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import NotAllowed, NotFound
from coop.members.models import Office
from coop.members.types import MemberRef


@transaction.atomic
def end_office(*, by: MemberRef, at: datetime, office_id: UUID, on: date) -> None:
    """End a term before its time: `on` is the first day without the office's rights.

    An office that had not begun never begins. Raises NotFound `office_unknown`, NotAllowed
    `board_only`.
    """
    if not (by.is_system or by.has("board")):
        raise NotAllowed("board_only", _("Only the board ends an office."))
    row = (
        Office.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(cooperative_id=by.cooperative_id, id=office_id, term__endswith__gt=on)
        .first()
    )
    if row is None:
        raise NotFound("office_unknown", _("There is no such office that lasts longer."))
    begins = row.term.lower
    row.term = DateRange(begins, max(begins, on))
    row.save(update_fields=["term"])
    audit.record(
        by=by, at=at, sentence=f"{row.user.name} no longer holds the office {row.name} from {on}",
        about=("office", row.id),
    )  # fmt: skip
