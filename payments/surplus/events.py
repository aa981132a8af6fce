"""What surplus tells others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SurplusShared:
    cooperative_id: UUID
    sharing_id: UUID
    decision_id: UUID
    at: datetime
