"""What crosses the hours ledger's door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from coop.kernel import Money, TimeRange


class HoursKind(StrEnum):
    VISIT = "visit"
    MINIMUM_VISIT = "minimum_visit"
    TRAVEL = "travel"
    TRAINING = "training"
    ASSEMBLY = "assembly"
    STANDBY = "standby"
    LATE_CANCELLATION = "late_cancellation"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class NewHours:
    """One interval of paid time to be written.

    `paid_seconds` may exceed the interval (a minimum visit); `rate` is money per hour. `source`
    names the cause, such as ("visit", id); `terms` keeps the policy and law versions of the rate.
    """

    worker_id: UUID
    during: TimeRange
    kind: HoursKind
    source: tuple[str, UUID]
    paid_seconds: int
    rate: Money
    service: str = ""
    household_id: UUID | None = None
    terms: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HoursLine:
    """One row of the ledger. A correcting row carries the difference (may be negative)."""

    id: UUID
    worker_id: UUID
    during: TimeRange
    kind: HoursKind
    source: tuple[str, UUID]
    paid_seconds: int
    rate: Money
    service: str
    household_id: UUID | None
    terms: dict[str, str]
    corrects_id: UUID | None
    reason: str
    written_at: datetime
