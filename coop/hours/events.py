"""What the hours ledger tells others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HoursWritten:
    cooperative_id: UUID
    entry_ids: tuple[UUID, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class HoursCorrected:
    cooperative_id: UUID
    entry_id: UUID
    corrects_id: UUID
    at: datetime
