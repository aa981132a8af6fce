from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coop.events import publish
from coop.kernel import saying
from coop.members.types import MemberRef
from payments.payroll.events import ContributionQueried
from payments.payroll.operations._lock import locked_contribution
from payments.payroll.operations._move import told
from payments.payroll.types import ContributionState as S


@transaction.atomic
def query_contribution(
    *, by: MemberRef, at: datetime, contribution_id: UUID, note: str = ""
) -> None:
    """The worker answers that the fund does not show it, in her own words if she likes."""
    row = locked_contribution(by, contribution_id, S.PAID, S.FILED, S.CONFIRMED)
    told(by, at, row, S.QUERIED, saying("the fund does not show it"), note, None)
    publish(ContributionQueried(by.cooperative_id, row.id, row.name, row.month, at))
