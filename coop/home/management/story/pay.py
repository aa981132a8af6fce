"""She is paid, her contributions go their way, and an old slip replays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from coop.home.management.story.cast import Cast
from coop.home.management.story.stage import Stage
from payments.ledger import queries as ledger
from payments.payroll import operations, queries
from payments.payroll.types import PayslipDetail, SlipLine


def pay_month(stage: Stage, cast: Cast, *, month: date, at: datetime) -> UUID:
    """Compute, approve twice, pay, remit, file and confirm the month; the run's id."""
    ends_on = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    treasurer, chair = cast.ref("treasurer"), cast.ref("chair")
    run = operations.open_pay_run(by=treasurer, at=at, starts_on=month, ends_on=ends_on)
    slips = operations.compute(by=treasurer, at=at, run_id=run)
    for slip in queries.payslips_of_run(treasurer, run):
        _tell_slip(stage, queries.payslip(treasurer, slip.id))
    for key in (treasurer, chair):
        operations.approve(by=key, at=at, run_id=run)
    operations.pay(by=treasurer, at=at, run_id=run)
    card = queries.pay_run(treasurer, run)
    stage.tell(
        "The pay run is approved by two and paid", slips=slips, gross=card.gross, net=card.net,
        contributions=card.contributions, approved_by=[a.name for a in card.approvals],
    )  # fmt: skip
    _contributions(stage, cast, run, month, at)
    stage.carry_out(at)
    return run


def _tell_slip(stage: Stage, slip: PayslipDetail) -> None:
    stage.tell(
        f"Payslip of {slip.card.worker_name}",
        lines=[f"{line.kind}: {line.amount} ({_why(line)})" for line in slip.lines],
        gross=slip.card.gross, least_by_law=slip.card.minimum,
        contributions=[
            f"{c.scheme}: base {c.base}, worker {c.worker}, employer {c.employer} ({c.rule})"
            for c in slip.contributions
        ],
        net=slip.card.net,
    )  # fmt: skip


def _why(line: SlipLine) -> str:
    """The rule of a line; plain hours have none but their time and rate."""
    return str(line.rule) or f"{line.seconds // 60} min at {line.rate}"


def _contributions(stage: Stage, cast: Cast, run: UUID, month: date, at: datetime) -> None:
    """due → deducted → paid → filed → confirmed, as each worker sees it too."""
    treasurer, chair = cast.ref("treasurer"), cast.ref("chair")
    cells = [
        cell
        for slip in queries.payslips_of_run(treasurer, run)
        for cell in queries.payslip(treasurer, slip.id).contributions
    ]
    for scheme in sorted({cell.scheme for cell in cells}):
        sent = operations.prepare_remittance(by=treasurer, at=at, scheme=scheme, month=month)
        operations.approve_remittance(by=chair, at=at, remittance_id=sent)
        paid = operations.remit(
            by=treasurer, at=at, remittance_id=sent, reference=f"{scheme}-{month:%Y-%m}"
        )
        filed = operations.file_contributions(
            by=treasurer, at=at, scheme=scheme, month=month, reference=f"F-{scheme}-{month:%Y-%m}"
        )
        stage.tell("A fund is paid by two keys and told", scheme=scheme, paid=paid, workers=filed)
    for cell in cells:
        operations.confirm_contribution(by=treasurer, at=at, contribution_id=cell.id)
    operations.file_run(by=treasurer, at=at, run_id=run)


def replay_all(stage: Stage, cast: Cast, run: UUID) -> None:
    """Every slip of an old run comes out the same after the rules changed."""
    for slip in queries.payslips_of_run(cast.ref("treasurer"), run):
        again = queries.replay(cooperative_id=cast.id, payslip_id=slip.id)
        if not again.same:
            raise AssertionError(f"{slip.worker_name}'s payslip does not replay: {again}")
        stage.tell("An old payslip replays to the cent", worker=slip.worker_name, net=slip.net)


def tell_books(stage: Stage, cast: Cast) -> None:
    """The balances of the books at this point."""
    shown = ledger.balances(cooperative_id=cast.id)
    stage.tell(
        "The books balance",
        balances={line.code: line.natural for line in shown if line.amount and not line.owner_id},
    )
