from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coop.kernel import saying
from coop.members.types import MemberRef
from payments.payroll.operations._lock import locked_contribution
from payments.payroll.operations._move import told
from payments.payroll.types import ContributionState as S


@transaction.atomic
def confirm_contribution(
    *, by: MemberRef, at: datetime, contribution_id: UUID, note: str = "",
    document_id: UUID | None = None,
) -> None:  # fmt: skip
    """Record that the fund shows it: by the worker who looked, or the treasurer."""
    row = locked_contribution(by, contribution_id, S.FILED, S.QUERIED)
    told(by, at, row, S.CONFIRMED, saying("the fund shows it"), note, document_id)
