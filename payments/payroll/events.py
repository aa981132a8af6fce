"""What payroll tells others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


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
