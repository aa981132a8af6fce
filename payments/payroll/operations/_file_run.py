from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import RuleBroken, saying
from coop.members.types import MemberRef
from payments.payroll.models import Contribution
from payments.payroll.operations._lock import locked, only_for
from payments.payroll.types import ContributionState as S
from payments.payroll.types import PayRunState


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
    audit.record(by=by, at=at, sentence=saying("filed the pay run"), about=("pay_run", run.id))
