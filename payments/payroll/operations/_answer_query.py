from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.events import publish
from coop.kernel import BadInput, saying
from coop.members.types import MemberRef
from payments.payroll.events import ContributionAnswered
from payments.payroll.operations._lock import locked_contribution, only_for
from payments.payroll.operations._move import told
from payments.payroll.types import ContributionState as S


@transaction.atomic
def answer_query(
    *, by: MemberRef, at: datetime, contribution_id: UUID, note: str,
    document_id: UUID | None = None,
) -> None:  # fmt: skip
    """The treasurer tells her what was found; it is declared (again) and she looks once more.

    Raises `answer_missing` without words, `contribution_moves` when nobody asked.
    """
    only_for(by, "treasurer", "board")
    if not note.strip():
        raise BadInput("answer_missing", _("Write what you found, so that she can read it."))
    row = locked_contribution(by, contribution_id, S.QUERIED)
    told(by, at, row, S.FILED, saying("the treasurer answered"), note, document_id)
    publish(ContributionAnswered(by.cooperative_id, row.id, row.worker_id, row.name, row.month, at))
