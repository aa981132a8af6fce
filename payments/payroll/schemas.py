"""What the API of pay says. Amounts are major units as strings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from coop.kernel import Money
from payments.payroll.types import (
    ContributionCard,
    ContributionDetail,
    Deadline,
    PayRunCard,
    PayslipCard,
    PayslipDetail,
    QueryCard,
    RemittanceCard,
)


class AmountOut(Schema):
    amount: str
    currency: str


class PeriodIn(Schema):
    """Days of the place, the last not included."""

    starts_on: date
    ends_on: date


class FundIn(Schema):
    scheme: str
    month: date
    reference: str


class FundMonthIn(Schema):
    scheme: str
    month: date


class ReferenceIn(Schema):
    reference: str


class NoteIn(Schema):
    note: str


class SawIn(Schema):
    note: str = ""


class RemittanceOut(Schema):
    id: UUID
    scheme: str
    name: str
    month: date
    amount: AmountOut
    workers: int
    state: str
    made_by: str
    made_at: datetime
    approved_by: str
    paid_at: datetime | None
    reference: str


class DeadlineOut(Schema):
    """`pay_by` is the last banking day that is not late; null where no day is known."""

    scheme: str
    name: str
    month: date
    due_on: date | None
    pay_by: date | None
    waits: AmountOut
    late: bool


class IdOut(Schema):
    id: UUID


class StateOut(Schema):
    state: str


class SlipOut(Schema):
    id: UUID
    run_id: UUID
    worker_id: UUID
    worker_name: str
    starts_on: date
    ends_on: date
    state: str
    paid_seconds: int
    gross: AmountOut
    allowance: AmountOut
    deducted: AmountOut
    net: AmountOut
    employer: AmountOut
    put_aside: AmountOut


class LineOut(Schema):
    kind: str
    worked_on: date | None
    seconds: int
    rate: AmountOut
    amount: AmountOut
    rule: str
    facts: dict[str, Any]
    versions: dict[str, str]


class ContributionOut(Schema):
    id: UUID
    scheme: str
    name: str
    month: date
    base: AmountOut
    worker: AmountOut
    employer: AmountOut
    rule: str
    facts: dict[str, Any]
    source: str
    state: str
    reference: str


class StepOut(Schema):
    state: str
    at: datetime
    by: str
    reference: str
    note: str
    document_sha256: str | None


class ContributionDetailOut(Schema):
    contribution: ContributionOut
    steps: list[StepOut]


class QuestionOut(Schema):
    contribution: ContributionOut
    worker_name: str
    asked_at: datetime
    note: str


class SlipDetailOut(Schema):
    slip: SlipOut
    lines: list[LineOut]
    contributions: list[ContributionOut]


class RunOut(Schema):
    id: UUID
    starts_on: date
    ends_on: date
    state: str
    slips: int
    gross: AmountOut
    net: AmountOut
    contributions: AmountOut
    approved_by: list[str]


class ReplayOut(Schema):
    same: bool
    kept: dict[str, str]
    now: dict[str, str]


def amount(money: Money) -> AmountOut:
    return AmountOut(amount=money.major(), currency=money.currency)


def slip(card: PayslipCard) -> SlipOut:
    return SlipOut(
        id=card.id, run_id=card.run_id, worker_id=card.worker_id, worker_name=card.worker_name,
        starts_on=card.starts_on, ends_on=card.ends_on, state=card.state.value,
        paid_seconds=card.seconds, gross=amount(card.gross),
        allowance=amount(card.allowance), deducted=amount(card.deducted),
        net=amount(card.net), employer=amount(card.employer), put_aside=amount(card.put_aside),
    )  # fmt: skip


def contribution(card: ContributionCard) -> ContributionOut:
    return ContributionOut(
        id=card.id, scheme=card.scheme, name=card.name, month=card.month, base=amount(card.base),
        worker=amount(card.worker), employer=amount(card.employer), rule=str(card.rule),
        facts=card.rule.kept, source=card.source, state=card.state.value, reference=card.reference,
    )  # fmt: skip


def steps(found: ContributionDetail) -> ContributionDetailOut:
    return ContributionDetailOut(
        contribution=contribution(found.card),
        steps=[
            StepOut(
                state=step.state.value, at=step.at, by=step.by, reference=step.reference,
                note=step.note, document_sha256=step.document.sha256 if step.document else None,
            )
            for step in found.steps
        ],
    )  # fmt: skip


def question(card: QueryCard) -> QuestionOut:
    return QuestionOut(
        contribution=contribution(card.contribution), worker_name=card.worker_name,
        asked_at=card.asked_at, note=card.note,
    )  # fmt: skip


def remittance(card: RemittanceCard) -> RemittanceOut:
    return RemittanceOut(
        id=card.id, scheme=card.scheme, name=card.name, month=card.month,
        amount=amount(card.amount), workers=card.workers, state=card.state.value,
        made_by=card.made_by_name, made_at=card.made_at, approved_by=card.approved_by_name,
        paid_at=card.paid_at, reference=card.reference,
    )  # fmt: skip


def deadline(found: Deadline) -> DeadlineOut:
    return DeadlineOut(
        scheme=found.scheme, name=found.name, month=found.month, due_on=found.due_on,
        pay_by=found.pay_by, waits=amount(found.waits), late=found.late,
    )  # fmt: skip


def detail(found: PayslipDetail) -> SlipDetailOut:
    return SlipDetailOut(
        slip=slip(found.card),
        lines=[
            LineOut(
                kind=line.kind.value, worked_on=line.worked_on, seconds=line.seconds,
                rate=amount(line.rate), amount=amount(line.amount), rule=str(line.rule),
                facts=line.rule.kept,
                versions=line.versions,
            )
            for line in found.lines
        ],
        contributions=[contribution(card) for card in found.contributions],
    )  # fmt: skip


def run(card: PayRunCard) -> RunOut:
    return RunOut(
        id=card.id, starts_on=card.starts_on, ends_on=card.ends_on, state=card.state.value,
        slips=card.slips, gross=amount(card.gross), net=amount(card.net),
        contributions=amount(card.contributions), approved_by=[a.name for a in card.approvals],
    )  # fmt: skip
