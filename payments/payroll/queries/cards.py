"""Rows of payroll as values."""

from __future__ import annotations

from coop.kernel import Money
from payments.payroll.models import Contribution, Payslip, PayslipLine
from payments.payroll.types import (
    ContributionCard,
    ContributionState,
    LineKind,
    PayRunState,
    PayslipCard,
    SlipLine,
)


def slip_card(row: Payslip) -> PayslipCard:
    """The row needs its run at hand."""

    def money(minor: int) -> Money:
        return Money(minor, row.currency)

    return PayslipCard(
        row.id, row.run_id, row.worker_id, row.worker_name, row.run.period.lower,
        row.run.period.upper, PayRunState(row.run.state), money(row.gross_minor),
        money(row.allowance_minor), money(row.deducted_minor), money(row.net_minor),
        money(row.employer_minor), money(row.put_aside_minor),
        money(row.minimum_minor), row.paid_seconds,
    )  # fmt: skip


def line_card(row: PayslipLine) -> SlipLine:
    return SlipLine(
        LineKind(row.kind), Money(row.amount_minor, row.currency), row.seconds,
        Money(row.rate_minor, row.currency), row.rule, row.hours_entry_id, row.worked_on,
        row.service, row.versions,
    )  # fmt: skip


def contribution_card(row: Contribution) -> ContributionCard:
    return ContributionCard(
        row.id, row.worker_id, row.payslip_id, row.scheme, row.name, row.month,
        Money(row.base_minor, row.currency), Money(row.worker_minor, row.currency),
        Money(row.employer_minor, row.currency), row.rule, row.source,
        ContributionState(row.state), row.reference,
    )  # fmt: skip
