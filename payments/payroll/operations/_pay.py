from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import Money, saying
from coop.members.types import MemberRef
from payments.ledger import operations as ledger
from payments.ledger.types import AccountCode, AccountRef, Leg, contributions_payable
from payments.payroll.events import PayRunPaid
from payments.payroll.models import Contribution, PayRun, Payslip
from payments.payroll.operations._lock import locked, only_for
from payments.payroll.types import ContributionState, PayRunState


@transaction.atomic
def pay(*, by: MemberRef, at: datetime, run_id: UUID) -> None:
    """Pay an approved run: every slip into the books and from the bank; contributions deducted."""
    only_for(by, "treasurer", "board")
    run = locked(by, run_id, state=PayRunState.APPROVED)
    for slip in run.slips.prefetch_related("contributions").order_by("worker_name", "id"):
        _post(by, at, run, slip)
    Contribution.objects.filter(payslip__run=run, state=ContributionState.DUE).update(
        state=ContributionState.DEDUCTED, moved_at=at
    )
    run.paid_at, run.paid_by_id = at, by.person_id
    run.to_paid()
    run.save()
    audit.record(by=by, at=at, sentence=saying("paid the pay run"), about=("pay_run", run.id))
    publish(PayRunPaid(by.cooperative_id, run.id, at))


def _post(by: MemberRef, at: datetime, run: PayRun, slip: Payslip) -> None:
    def leg(code: str, minor: int, owner_id: UUID | None = None) -> Leg:
        return Leg(AccountRef(code, owner_id), Money(minor, slip.currency))

    worker, about = slip.worker_id, ("payslip", slip.id)
    wages = [
        leg(AccountCode.WAGE_EXPENSE, slip.gross_minor),
        leg(AccountCode.ALLOWANCE_EXPENSE, slip.allowance_minor),
        leg(AccountCode.WAGES_PAYABLE, -slip.net_minor, worker),
        leg(AccountCode.EMPLOYER_CONTRIBUTION_EXPENSE, slip.employer_minor),
        leg(AccountCode.LEAVE_EXPENSE, slip.put_aside_minor),
        leg(AccountCode.LEAVE_LIABILITY, -slip.put_aside_minor, worker),
        *_owed(slip.contributions.all()),
    ]
    if any(each.amount for each in wages):
        ledger.post(
            by=by, at=at, key=f"payslip:{slip.id}", kind="wages", postings=wages, about=about,
            memo=saying("Wages of %(worker)s, %(first_on)s to before %(end_on)s",
                worker=slip.worker_name, first_on=run.period.lower, end_on=run.period.upper),
        )  # fmt: skip
    if slip.net_minor:
        ledger.post(
            by=by, at=at, key=f"payslip:{slip.id}:paid", kind="wages_paid", about=about,
            postings=[
                leg(AccountCode.WAGES_PAYABLE, slip.net_minor, worker),
                leg(AccountCode.BANK, -slip.net_minor),
            ],
            memo=saying("Paid to %(worker)s", worker=slip.worker_name),
        )  # fmt: skip


def _owed(rows: Iterable[Contribution]) -> list[Leg]:
    return [
        Leg(
            contributions_payable(row.scheme),
            Money(-(row.worker_minor + row.employer_minor), row.currency),
        )
        for row in rows
    ]
