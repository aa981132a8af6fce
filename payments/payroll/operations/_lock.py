from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from coop.kernel import NotAllowed, NotFound, RuleBroken
from coop.members.types import MemberRef
from payments.payroll.models import Contribution, PayRun, Remittance
from payments.payroll.types import ContributionState, PayRunState, RemittanceState

Row = TypeVar("Row", bound=Model)


def locked(by: MemberRef, run_id: UUID, *, state: PayRunState) -> PayRun:
    """The run, locked until this transaction ends, in the state the verb needs.

    Raises NotFound `pay_run_unknown`, RuleBroken `pay_run_not_…`.
    """
    run = _mine(PayRun, by, run_id)
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


def locked_remittance(by: MemberRef, id_: UUID, *, state: RemittanceState) -> Remittance:
    """The same for a payment to a fund: `remittance_unknown`, `remittance_not_…`."""
    row = _mine(Remittance, by, id_)
    if row is None:
        raise NotFound("remittance_unknown", _("There is no such payment to a fund."))
    if row.state != state:
        raise RuleBroken(
            f"remittance_not_{state}",
            _("This payment is %(now)s; for this it must be %(needed)s. Nothing was done.")
            % {"now": row.state, "needed": state.value},
            state=row.state,
        )
    return row


def locked_contribution(by: MemberRef, id_: UUID, *states: ContributionState) -> Contribution:
    """Her own contribution, or any for treasurer and board, in one of these states.

    Raises NotFound `contribution_unknown`, RuleBroken `contribution_moves`.
    """
    row = _mine(Contribution, by, id_)
    if row is None or not (by.worker_id == row.worker_id or by.has("treasurer", "board")):
        raise NotFound("contribution_unknown", _("This contribution is not known here."))
    if row.state not in states:
        raise RuleBroken(
            "contribution_moves",
            _("This contribution is %(now)s; that cannot be said of it yet.") % {"now": row.state},
        )
    return row


def _mine(table: type[Row], by: MemberRef, id_: UUID) -> Row | None:
    rows = table._default_manager.select_for_update()
    return rows.filter(cooperative_id=by.cooperative_id, id=id_).first()


def only_for(by: MemberRef, *offices: str) -> None:
    """The system and the offices named may do it."""
    if not (by.is_system or by.has(*offices)):
        raise NotAllowed("not_your_office", _("This is for the treasurer and the board."))


def a_person(by: MemberRef) -> UUID:
    """Who turns a key of treasury or board: a person, never the system."""
    only_for(by, "treasurer", "board")
    if by.person_id is None:
        raise NotAllowed("a_person_approves", _("A payment to a fund is approved by people."))
    return by.person_id
