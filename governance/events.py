"""What members decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DecisionCertified:
    """A motion passed and is certified; `act` is empty when it changed rules."""

    cooperative_id: UUID
    decision_id: UUID
    proposal_id: UUID
    act: str
    at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PolicyChanged:
    """A rule has a new version that holds from a day on."""

    cooperative_id: UUID
    key: str
    version_id: UUID
    effective_from: date
    decision_id: UUID
    at: datetime
