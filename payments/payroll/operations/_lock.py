from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from coop.kernel import NotAllowed, NotFound, RuleBroken
from coop.members.types import MemberRef
from payments.payroll.models import PayRun
from payments.payroll.types import PayRunState


def locked(by: MemberRef, run_id: UUID, *, state: PayRunState) -> PayRun:
    """The run, locked until this transaction ends, in the state the verb needs."""
    run = (
        PayRun.objects.select_for_update()
        .filter(cooperative_id=by.cooperative_id, id=run_id)
        .first()
    )
    if run is None:
        raise NotFound("pay_run_unknown", _("This pay run is not known here."))
    if run.state != state:
        raise RuleBroken(
            f"pay_run_not_{state}",
            _("This pay run is %(now)s; for this it must be %(needed)s. Nothing was done.")
            % {"now": run.state, "needed": state.value},
            state=run.state,
        )
    return run


def only_for(by: MemberRef, *offices: str) -> None:
    """The system and the offices named may do it."""
    if not (by.is_system or by.has(*offices)):
        raise NotAllowed("not_your_office", _("This is for the treasurer and the board."))
