"""Reading payslips: a worker her own, the treasurer, the board and the auditor all."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coop.hours.queries import hours_of
from coop.kernel import NotFound
from coop.members.types import MemberRef
from payments.payroll.models import Payslip
from payments.payroll.queries.cards import contribution_card, line_card, slip_card
from payments.payroll.types import PayslipCard, PayslipDetail


def visible_to(ref: MemberRef) -> QuerySet[Payslip]:
    """The one filter of list and detail."""
    rows = Payslip.objects.filter(cooperative_id=ref.cooperative_id).select_related("run")
    if ref.is_system or ref.has("treasurer", "board", "auditor"):
        return rows
    if ref.worker_id is None:
        return rows.none()
    return rows.filter(worker_id=ref.worker_id)


def my_payslips(ref: MemberRef) -> list[PayslipCard]:
    """A worker's own slips, newest first."""
    if ref.worker_id is None:
        return []
    rows = Payslip.objects.filter(cooperative_id=ref.cooperative_id, worker_id=ref.worker_id)
    return [slip_card(row) for row in rows.select_related("run").order_by("-run__period", "-id")]


def payslips_of_run(ref: MemberRef, run_id: UUID) -> list[PayslipCard]:
    """The slips of a run that she may see, by name."""
    return [
        slip_card(row)
        for row in visible_to(ref).filter(run_id=run_id).order_by("worker_name", "id")
    ]


def payslip(ref: MemberRef, payslip_id: UUID) -> PayslipDetail:
    """A slip with every line. Raises NotFound `payslip_unknown`, also for another's."""
    row = visible_to(ref).filter(id=payslip_id).first()
    if row is None:
        raise NotFound("payslip_unknown", _("There is no such payslip."))
    lines = tuple(line_card(line) for line in row.lines.order_by("position"))
    dues = tuple(contribution_card(due) for due in row.contributions.order_by("scheme"))
    ids = [line.hours_id for line in lines if line.hours_id is not None]
    hours = hours_of(cooperative_id=ref.cooperative_id, ids=ids)
    worked = {entry.id: entry.kind for entry in hours}
    return PayslipDetail(slip_card(row), lines, dues, row.law_on, worked)
