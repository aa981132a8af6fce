"""Contributions and what became of them: steps, remittances, deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from coop.kernel import Money, Said


class ContributionState(StrEnum):
    DUE = "due"
    DEDUCTED = "deducted"
    PAID = "paid"
    FILED = "filed"
    CONFIRMED = "confirmed"
    QUERIED = "queried"


#: Money of these has left the bank for the fund.
REMITTED = (
    ContributionState.PAID, ContributionState.FILED, ContributionState.CONFIRMED,
    ContributionState.QUERIED,
)  # fmt: skip


class RemittanceState(StrEnum):
    """MADE has one key, APPROVED two; PAID has left the bank."""

    MADE = "made"
    APPROVED = "approved"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class ContributionCard:
    """One cell of her record."""

    id: UUID
    worker_id: UUID
    payslip_id: UUID
    scheme: str
    name: str
    month: date
    base: Money
    worker: Money
    employer: Money
    rule: Said
    source: str
    state: ContributionState
    reference: str
    moved_at: datetime

    @property
    def total(self) -> Money:
        return self.worker + self.employer


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A receipt somebody kept: found again by its fingerprint (SHA-256, hex)."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step on a contribution's way: who, when, with which reference, words and document."""

    state: ContributionState
    at: datetime
    by: str
    reference: str = ""
    note: str = ""
    document: DocumentCard | None = None


@dataclass(frozen=True, slots=True)
class ContributionDetail:
    """A contribution with every step so far, oldest first."""

    card: ContributionCard
    steps: tuple[StepCard, ...]


@dataclass(frozen=True, slots=True)
class RemittanceCard:
    """What one fund gets for a month in one payment, and whose keys let it go."""

    id: UUID
    scheme: str
    name: str
    month: date
    amount: Money
    workers: int
    state: RemittanceState
    made_by: UUID
    made_by_name: str
    made_at: datetime
    approved_by_name: str
    paid_at: datetime | None
    reference: str
    document: DocumentCard | None = None


@dataclass(frozen=True, slots=True)
class FundMonth:
    """What one fund is owed for a month: to be put into a payment, or paid and to be declared.

    `remittance` is the payment that is on its way; its sum is no longer in `to_pay`.
    """

    scheme: str
    name: str
    month: date
    to_pay: Money
    to_file: Money
    workers: int
    remittance: RemittanceCard | None = None

    @property
    def waits(self) -> Money:
        if self.remittance is not None:
            return self.remittance.amount
        return self.to_pay or self.to_file


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a fund must have a month's money. `pay_by` is the last banking day that is not late.

    `due_on` is None where the law's data names no day; `rule` then says what is known.
    """

    scheme: str
    name: str
    month: date
    due_on: date | None
    pay_by: date | None
    rule: str
    waits: Money
    late: bool


@dataclass(frozen=True, slots=True)
class QueryCard:
    """A contribution a worker does not find at the fund, and her words."""

    contribution: ContributionCard
    worker_name: str
    asked_at: datetime
    note: str
