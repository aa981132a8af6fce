from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import NotAllowed, RuleBroken, saying
from coop.members.types import MemberRef
from coop.realtime import changed, office_group
from payments.payroll.models import Approval
from payments.payroll.operations._lock import locked, only_for
from payments.payroll.types import PayRunState


@transaction.atomic
def approve(*, by: MemberRef, at: datetime, run_id: UUID) -> PayRunState:
    """Give one of the two keys to a computed run; the state after it.

    Two different people of treasury and board are needed. Raises `approved_already` for a second
    key of the same person.
    """
    only_for(by, "treasurer", "board")
    if by.person_id is None:
        raise NotAllowed("a_person_approves", _("A pay run is approved by people."))
    run = locked(by, run_id, state=PayRunState.COMPUTED)
    try:
        with transaction.atomic():
            Approval.objects.create(
                cooperative_id=by.cooperative_id, run=run, person_id=by.person_id, at=at
            )
    except IntegrityError as error:
        if "pay_run_two_people" in str(error):
            raise RuleBroken(
                "approved_already", _("You approved this run; the second key is another person's.")
            ) from error
        raise
    if run.approvals.count() >= 2:
        run.to_approved()
        run.save()
    audit.record(by=by, at=at, sentence=saying("approved the pay run"), about=("pay_run", run.id))
    groups = [office_group(by.cooperative_id, office) for office in ("treasurer", "board")]
    changed(groups=groups, what="pay_run", id=run.id)
    return PayRunState(run.state)
