from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import BadInput, RuleBroken
from coop.members.types import MemberRef
from payments.payroll.models import Contribution
from payments.payroll.operations._lock import locked, only_for
from payments.payroll.operations._move import known_document, move, waiting
from payments.payroll.types import ContributionState as S
from payments.payroll.types import PayRunState


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
        by=by, at=at, sentence=f"filed {scheme} for {month:%Y-%m}",
        about=("contribution", rows[0].id),
    )  # fmt: skip
    return len(rows)


@transaction.atomic
def file_run(*, by: MemberRef, at: datetime, run_id: UUID) -> None:
    """Close a paid run once every contribution of it was paid and filed."""
    only_for(by, "treasurer", "board")
    run = locked(by, run_id, state=PayRunState.PAID)
    left = Contribution.objects.filter(
        payslip__run=run, state__in=[S.DUE.value, S.DEDUCTED.value, S.PAID.value]
    ).count()
    if left:
        raise RuleBroken(
            "contributions_waiting",
            _("%(count)s contributions are not filed yet. Pay and file them first.")
            % {"count": left},
        )
    run.filed_at = at
    run.to_filed()
    run.save()
    audit.record(by=by, at=at, sentence="filed the pay run", about=("pay_run", run.id))
