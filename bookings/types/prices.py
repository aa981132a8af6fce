"""What a service is and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bookings.types.states import LineKind, PaidBy
from coop.kernel import Money, Said, TimeRange


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """What can be booked; `floor` is the hour's wage in force when it was asked for."""

    code: str
    name: str
    skill: str
    floor: Money


@dataclass(frozen=True, slots=True)
class QuoteLineCard:
    """One thread of a price. `rule` says how it was found, `source` where the rule is written."""

    kind: LineKind
    code: str
    label: str
    amount: Money
    rule: Said
    source: str = ""
    policy: str = ""


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """A price whose lines sum to it. `terms`: policy name → version id, and the law pack's date."""

    id: UUID
    household_id: UUID
    address_id: UUID
    service: str
    during: TimeRange
    price: Money
    wage: Money
    paid_seconds: int
    travel_seconds: int
    lines: tuple[QuoteLineCard, ...]
    terms: dict[str, str]
    paid_by: PaidBy
    made_at: datetime
