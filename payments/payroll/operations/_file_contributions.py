from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import BadInput, saying
from coop.members.types import MemberRef
from payments.payroll.operations._lock import only_for
from payments.payroll.operations._move import known_document, move, waiting
from payments.payroll.types import ContributionState as S


@transaction.atomic
def file_contributions(
    *, by: MemberRef, at: datetime, scheme: str, month: date, reference: str,
    document_id: UUID | None = None,
) -> int:  # fmt: skip
    """Record that the month's declaration went to the fund; how many lines it had."""
    only_for(by, "treasurer", "board")
    if not reference.strip():
        raise BadInput("reference_missing", _("A declaration needs the fund's reference."))
    rows = waiting(by, scheme, month, S.PAID)
    move(by, at, rows, S.FILED, reference=reference, document_id=known_document(by, document_id))
    audit.record(
        by=by, at=at,
        sentence=saying("filed %(scheme)s for %(month)s", scheme=scheme, month=f"{month:%Y-%m}"),
        about=("contribution", rows[0].id),
    )  # fmt: skip
    return len(rows)
