"""What payroll tells others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PayRunOpened:
    """`month` is the month its contributions belong to (its first day)."""

    cooperative_id: UUID
    run_id: UUID
    month: date
    at: datetime


@dataclass(frozen=True, slots=True)
class PayRunComputed:
    cooperative_id: UUID
    run_id: UUID
    slips: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PayRunPaid:
    cooperative_id: UUID
    run_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class ContributionQueried:
    """A worker does not find it at the fund."""

    cooperative_id: UUID
    contribution_id: UUID
    name: str
    month: date
    at: datetime


@dataclass(frozen=True, slots=True)
class ContributionAnswered:
    """The treasurer told her what was found."""

    cooperative_id: UUID
    contribution_id: UUID
    worker_id: UUID
    name: str
    month: date
    at: datetime
