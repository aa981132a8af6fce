"""Pay runs of the demonstration, each standing somewhere else on its way."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from coop.home.management.demo.town import Town
from governance.types import NewMotion
from payments.charges import operations as charges
from payments.payroll import operations, queries
from payments.payroll.types import ContributionCard
from payments.surplus import operations as surplus
from payments.surplus.reactions import ACT


def keep_card(town: Town, household: str, at: datetime) -> None:
    """A household keeps a card with the provider."""
    ref = town.cast.ref(household)
    assert ref.household_id is not None
    home = ref.household_id
    town.line.at(
        at,
        lambda when: charges.save_card(by=ref, at=when, household_id=home, method="pm_card_visa"),
    )


def pay_month(town: Town, month: date, at: datetime, *, until: str) -> None:
    """Compute a month; `until` says how far it went: due, deducted, filed or confirmed."""

    def run(now: datetime) -> None:
        treasurer = town.cast.ref("treasurer")
        made = operations.open_pay_run(by=treasurer, at=now, starts_on=month, ends_on=_next(month))
        operations.compute(by=treasurer, at=now, run_id=made)
        operations.approve(by=treasurer, at=now, run_id=made)
        if until != "due":
            town.line.at(now + timedelta(hours=2), lambda when: _pay(town, made, when))
        if until in ("filed", "confirmed"):
            whole = until == "confirmed"
            town.line.at(
                now + timedelta(days=4), lambda when: _funds(town, made, month, when, whole)
            )

    town.line.at(at, run)


def _pay(town: Town, run: UUID, at: datetime) -> None:
    operations.approve(by=town.cast.ref("chair"), at=at, run_id=run)
    operations.pay(by=town.cast.ref("treasurer"), at=at, run_id=run)


def _funds(town: Town, run: UUID, month: date, at: datetime, whole: bool) -> None:
    """The funds are paid and told (but for one, unless it is the whole); then the workers look.

    The first worker's fund shows it, the last one's does not.
    """
    treasurer = town.cast.ref("treasurer")
    cells = _cells(town, run)
    schemes = sorted({cell.scheme for _, cell in cells})
    told = schemes if whole else schemes[:-1]
    for scheme in schemes:
        mark = f"{scheme}-{month:%Y-%m}"
        sent = operations.prepare_remittance(by=treasurer, at=at, scheme=scheme, month=month)
        operations.approve_remittance(by=town.cast.ref("chair"), at=at, remittance_id=sent)
        operations.remit(by=treasurer, at=at, remittance_id=sent, reference=mark)
        if scheme in told:
            operations.file_contributions(
                by=treasurer, at=at, scheme=scheme, month=month, reference=f"F-{mark}"
            )
    mine = [(name, cell.id) for name, cell in cells if cell.scheme in told]
    for (name, cell_id), look in (
        (mine[0], operations.confirm_contribution), (mine[-1], operations.query_contribution),
    ):  # fmt: skip
        look(by=town.cast.ref(name), at=at, contribution_id=cell_id)


def _cells(town: Town, run: UUID) -> list[tuple[str, ContributionCard]]:
    treasurer = town.cast.ref("treasurer")
    return [
        (slip.worker_name, cell)
        for slip in queries.payslips_of_run(treasurer, run)
        for cell in queries.payslip(treasurer, slip.id).contributions
    ]


def sharing(town: Town, months: tuple[date, date], at: datetime) -> NewMotion:
    """The treasurer proposes how the surplus of some closed months is shared; members decide."""
    starts_on, last = months
    made = surplus.propose_sharing(
        by=town.cast.ref("treasurer"), at=at, starts_on=starts_on, ends_on=_next(last)
    )
    return NewMotion(act=ACT, payload={"sharing_id": str(made)})


def _next(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)
