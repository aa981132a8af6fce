from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import BadInput, Money, NotFound, RuleBroken
from coop.members.types import MemberRef
from payments.ledger import operations as ledger
from payments.ledger.types import AccountCode, AccountRef, Leg, contributions_payable
from payments.payroll.models import Contribution
from payments.payroll.operations._lock import locked, only_for
from payments.payroll.types import ContributionState as S
from payments.payroll.types import PayRunState


def _due(by: MemberRef, scheme: str, month: date, state: S) -> list[Contribution]:
    rows = list(
        Contribution.objects.select_for_update()
        .filter(
            cooperative_id=by.cooperative_id, scheme=scheme, month=month.replace(day=1),
            state=state.value,
        )
        .order_by("id")
    )  # fmt: skip
    if not rows:
        raise RuleBroken(
            "nothing_to_move",
            _("No contribution to %(scheme)s of %(month)s waits for this.")
            % {"scheme": scheme, "month": month.strftime("%Y-%m")},
        )
    return rows


def _move(rows: list[Contribution], state: S, at: datetime, reference: str) -> None:
    for row in rows:
        row.state, row.moved_at, row.reference = state.value, at, reference
    Contribution.objects.bulk_update(rows, ["state", "moved_at", "reference"])


@transaction.atomic
def remit(*, by: MemberRef, at: datetime, scheme: str, month: date, reference: str) -> Money:
    """Pay a fund both halves of a month; the amount. The reference is the bank's."""
    only_for(by, "treasurer", "board")
    if not reference.strip():
        raise BadInput("reference_missing", _("A payment to a fund needs its reference."))
    rows = _due(by, scheme, month, S.DEDUCTED)
    amount = Money(sum(r.worker_minor + r.employer_minor for r in rows), by.currency)
    if amount:
        ledger.post(
            by=by, at=at, key=f"remit:{scheme}:{month:%Y-%m}:{rows[0].id}", kind="remittance",
            postings=[
                Leg(contributions_payable(scheme), amount),
                Leg(AccountRef(AccountCode.BANK), -amount),
            ],
            memo=f"{scheme} for {month:%Y-%m}, reference {reference}",
        )  # fmt: skip
    _move(rows, S.PAID, at, reference)
    audit.record(
        by=by, at=at, sentence=f"paid {amount} to {scheme} for {month:%Y-%m}",
        about=("contribution", rows[0].id),
    )  # fmt: skip
    return amount


@transaction.atomic
def file_contributions(
    *, by: MemberRef, at: datetime, scheme: str, month: date, reference: str
) -> int:
    """Record that the month's declaration went to the fund; how many lines it had."""
    only_for(by, "treasurer", "board")
    rows = _due(by, scheme, month, S.PAID)
    _move(rows, S.FILED, at, reference)
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
    waiting = Contribution.objects.filter(
        payslip__run=run, state__in=[S.DUE.value, S.DEDUCTED.value, S.PAID.value]
    ).count()
    if waiting:
        raise RuleBroken(
            "contributions_waiting",
            _("%(count)s contributions are not filed yet. Pay and file them first.")
            % {"count": waiting},
        )
    run.filed_at = at
    run.to_filed()
    run.save()
    audit.record(by=by, at=at, sentence="filed the pay run", about=("pay_run", run.id))


def _one(by: MemberRef, contribution_id: UUID) -> Contribution:
    rows = Contribution.objects.select_for_update().filter(
        cooperative_id=by.cooperative_id, id=contribution_id
    )
    row = rows.first()
    if row is None or not (by.worker_id == row.worker_id or by.has("treasurer", "board")):
        raise NotFound("contribution_unknown", _("This contribution is not known here."))
    return row


@transaction.atomic
def confirm_contribution(*, by: MemberRef, at: datetime, contribution_id: UUID) -> None:
    """Record that the fund shows it: by the worker who looked, or the treasurer."""
    _step(by, at, contribution_id, S.CONFIRMED, (S.FILED, S.QUERIED), "the fund shows it")


@transaction.atomic
def query_contribution(*, by: MemberRef, at: datetime, contribution_id: UUID) -> None:
    """The worker answers that the fund does not show it."""
    steps = (S.PAID, S.FILED, S.CONFIRMED)
    _step(by, at, contribution_id, S.QUERIED, steps, "the fund does not show it")


def _step(
    by: MemberRef, at: datetime, contribution_id: UUID, to: S, steps: tuple[S, ...], words: str
) -> None:
    row = _one(by, contribution_id)
    if row.state not in steps:
        raise RuleBroken(
            "contribution_moves",
            _("This contribution is %(now)s; that cannot be said of it yet.") % {"now": row.state},
        )
    _move([row], to, at, row.reference)
    audit.record(
        by=by, at=at, sentence=f"{row.scheme} {row.month:%Y-%m}: {words}",
        about=("contribution", row.id),
    )  # fmt: skip
