"""Reading pay runs."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from coop.kernel import Money, NotFound, total
from coop.members import queries as members
from coop.members.types import MemberRef
from payments.ledger import queries as ledger
from payments.ledger.types import AccountCode
from payments.payroll.models import Contribution, PayRun, Payslip
from payments.payroll.types import ApprovalLine, Beside, PayRunCard, PayRunState


def visible_to(ref: MemberRef) -> QuerySet[PayRun]:
    """Runs are for treasurer, board and auditor."""
    rows = PayRun.objects.filter(cooperative_id=ref.cooperative_id)
    return rows if ref.is_system or ref.has("treasurer", "board", "auditor") else rows.none()


def pay_runs(ref: MemberRef, *, last: int = 24) -> list[PayRunCard]:
    """The newest runs with their sums, newest first."""
    return _cards(visible_to(ref).order_by("-period")[:last])


def waiting_approvals(ref: MemberRef) -> list[PayRunCard]:
    """Computed runs that wait for her key: those she has not approved yet."""
    rows = visible_to(ref).filter(state=PayRunState.COMPUTED)
    if ref.person_id is not None:
        rows = rows.exclude(approvals__person_id=ref.person_id)
    return _cards(rows.order_by("period"))


def pay_run(ref: MemberRef, run_id: UUID) -> PayRunCard:
    """Raises NotFound `pay_run_unknown`."""
    cards = _cards(visible_to(ref).filter(id=run_id))
    if not cards:
        raise NotFound("pay_run_unknown", _("There is no such pay run."))
    return cards[0]


def transport(ref: MemberRef, run_id: UUID) -> Beside:
    """What the run pays for transport beside what its period's prices charged for it.

    Raises NotFound `pay_run_unknown`.
    """
    run = _run(ref, run_id)
    paid = run.slips.aggregate(n=Coalesce(Sum("allowance_minor"), 0))["n"]
    return _beside(ref, run, paid, AccountCode.INCOME_TRANSPORT)


def set_aside(ref: MemberRef, run_id: UUID) -> Beside:
    """What the run owes to funds as employer beside what its period's prices set aside for it.

    A price cannot know the hours of a month: what is not owed in the end is part of the surplus.
    Raises NotFound `pay_run_unknown`.
    """
    run = _run(ref, run_id)
    owed = run.slips.aggregate(n=Coalesce(Sum("employer_minor"), 0))["n"]
    return _beside(ref, run, owed, AccountCode.INCOME_CONTRIBUTIONS)


def _run(ref: MemberRef, run_id: UUID) -> PayRun:
    run = visible_to(ref).filter(id=run_id).first()
    if run is None:
        raise NotFound("pay_run_unknown", _("There is no such pay run."))
    return run


def _beside(ref: MemberRef, run: PayRun, paid: int, code: AccountCode) -> Beside:
    start, end = (
        datetime.combine(day, time(), tzinfo=ZoneInfo(ref.zone))
        for day in (run.period.lower, run.period.upper)
    )
    charged = ledger.balances(
        cooperative_id=ref.cooperative_id, codes=[code],
        starting_from=start, starting_before=end, without=("surplus_closing",),
    )  # fmt: skip
    mine = [line.natural for line in charged if line.amount.currency == run.currency]
    return Beside(Money(paid, run.currency), total(mine, run.currency))


def _cards(rows: QuerySet[PayRun]) -> list[PayRunCard]:
    slips = Payslip.objects.filter(run=OuterRef("pk")).order_by().values("run")
    dues = (
        Contribution.objects.filter(payslip__run=OuterRef("pk")).order_by().values("payslip__run")
    )
    found = rows.annotate(
        slip_count=Coalesce(Subquery(slips.annotate(n=Count("id")).values("n")), 0),
        gross=Coalesce(Subquery(slips.annotate(n=Sum("gross_minor")).values("n")), 0),
        net=Coalesce(Subquery(slips.annotate(n=Sum("net_minor")).values("n")), 0),
        mine=Coalesce(Subquery(dues.annotate(n=Sum("worker_minor")).values("n")), 0),
        theirs=Coalesce(Subquery(dues.annotate(n=Sum("employer_minor")).values("n")), 0),
    ).prefetch_related("approvals")
    runs = list(found)
    people = members.people([a.person_id for run in runs for a in run.approvals.all()])
    return [
        PayRunCard(
            run.id, run.period.lower, run.period.upper, PayRunState(run.state), run.slip_count,
            Money(int(run.gross), run.currency), Money(int(run.net), run.currency),
            Money(int(run.mine) + int(run.theirs), run.currency),
            tuple(
                ApprovalLine(a.person_id, people[a.person_id].name, a.at)
                for a in sorted(run.approvals.all(), key=lambda a: a.at)
            ),
        )
        for run in runs
    ]  # fmt: skip
