"""Rows of payroll as values."""

from __future__ import annotations

from coop.kernel import Money, again
from payments.payroll.models import Contribution, Document, Payslip, PayslipLine, Remittance
from payments.payroll.types import (
    ContributionCard,
    ContributionState,
    DocumentCard,
    LineKind,
    PayRunState,
    PayslipCard,
    RemittanceCard,
    RemittanceState,
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
        Money(row.rate_minor, row.currency), again(row.rule, row.facts), row.hours_entry_id,
        row.worked_on, row.service, row.versions,
    )  # fmt: skip


def contribution_card(row: Contribution) -> ContributionCard:
    return ContributionCard(
        row.id, row.worker_id, row.payslip_id, row.scheme, row.name, row.month,
        Money(row.base_minor, row.currency), Money(row.worker_minor, row.currency),
        Money(row.employer_minor, row.currency), again(row.rule, row.facts), row.source,
        ContributionState(row.state), row.reference, row.moved_at,
    )  # fmt: skip


def document_card(row: Document) -> DocumentCard:
    return DocumentCard(row.id, row.name, row.media_type, row.size, row.sha256)


def remittance_card(
    row: Remittance, workers: int, made_by: str, approved_by: str
) -> RemittanceCard:
    return RemittanceCard(
        row.id, row.scheme, row.name, row.month, Money(row.amount_minor, row.currency), workers,
        RemittanceState(row.state), row.made_by_id, made_by, row.made_at, approved_by, row.paid_at,
        row.reference, document_card(row.document) if row.document else None,
    )  # fmt: skip
