"""Computing a payslip again, years later, to the same cent."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from coop.kernel import Money, NotFound
from coop.law.registry import pack
from payments.payroll.models import Payslip
from payments.payroll.queries.asks import ask_again
from payments.payroll.rules.slip import compute_slip
from payments.payroll.types import Replay, Slip


def replay(*, cooperative_id: UUID, payslip_id: UUID) -> Replay:
    """Compute a slip again from its hours rows, kept terms and the law then in force."""
    row = Payslip.objects.filter(cooperative_id=cooperative_id, id=payslip_id).first()
    if row is None:
        raise NotFound("payslip_unknown", _("There is no such payslip."))
    ask = ask_again(row)
    kept, now = _kept(row), _now(compute_slip(pack(ask.country), ask))
    return Replay(row.id, kept == now, kept, now)


def _kept(row: Payslip) -> dict[str, str]:
    def say(minor: int) -> str:
        return str(Money(minor, row.currency))

    figures = {
        "gross": say(row.gross_minor), "allowance": say(row.allowance_minor),
        "net": say(row.net_minor), "put_aside": say(row.put_aside_minor),
        "minimum": say(row.minimum_minor),
    }  # fmt: skip
    for line in row.lines.all():
        figures[f"line {line.position} {line.kind}"] = say(line.amount_minor)
    for due in row.contributions.all():
        figures[f"{due.scheme} worker"] = say(due.worker_minor)
        figures[f"{due.scheme} employer"] = say(due.employer_minor)
    return figures


def _now(slip: Slip) -> dict[str, str]:
    figures = {
        "gross": str(slip.gross), "allowance": str(slip.allowance),
        "net": str(slip.net), "put_aside": str(slip.put_aside),
        "minimum": str(slip.minimum),
    }  # fmt: skip
    for position, line in enumerate(slip.lines):
        figures[f"line {position} {line.kind}"] = str(line.amount)
    for due in slip.contributions:
        figures[f"{due.scheme} worker"] = str(due.worker)
        figures[f"{due.scheme} employer"] = str(due.employer)
    return figures
