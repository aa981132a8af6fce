"""What crosses the bookings' door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from coop.kernel import Money, TimeRange


class BookingState(StrEnum):
    REQUESTED = "requested"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    DISPUTED = "disputed"
    SETTLED = "settled"


#: While a booking is in one of these, its worker cannot be anywhere else.
LIVE_STATES = frozenset({BookingState.OFFERED, BookingState.CONFIRMED, BookingState.IN_PROGRESS})


class OfferState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class LineKind(StrEnum):
    """What a line of a price is for; a line's `code` says which scheme or benefit."""

    WAGE = "wage"
    TRAVEL = "travel"
    CONTRIBUTION = "contribution"
    LEAVE = "leave"
    PROVISION = "provision"
    COOPERATIVE = "cooperative"
    TAX = "tax"
    CARD = "card"


class PaidBy(StrEnum):
    CARD = "card"
    MANUAL = "manual"


class WorkerReason(StrEnum):
    """Why a worker cannot go. None of them leaves a mark."""

    ILLNESS = "illness"
    CARE = "care"
    UNSAFE = "unsafe"


class Side(StrEnum):
    WORKER = "worker"
    HOUSEHOLD = "household"
    COORDINATOR = "coordinator"


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
    rule: str
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


@dataclass(frozen=True, slots=True)
class BookingCard:
    """A booking as its household or the office sees it.

    `client_code` is empty for everybody but the household; `worker_name` until somebody accepted.
    """

    id: UUID
    household_id: UUID
    household_name: str
    service: str
    service_name: str
    area: str
    during: TimeRange
    state: BookingState
    price: Money
    quote_id: UUID
    series_id: UUID | None
    worker_id: UUID | None
    worker_name: str
    wishes: str
    client_code: str
    started_at: datetime | None
    ended_at: datetime | None
    offer_id: UUID | None
    cancelled_reason: str
    version: int


@dataclass(frozen=True, slots=True)
class WorkCard:
    """A booking as its worker sees it: pay instead of price; the address is asked for apart."""

    id: UUID
    household_name: str
    service: str
    service_name: str
    area: str
    during: TimeRange
    state: BookingState
    pay: Money
    paid_seconds: int
    wishes: str
    started_at: datetime | None
    ended_at: datetime | None
    worker_arrived: bool
    household_arrived: bool
    version: int


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An invitation as its worker sees it: no household name, no address, only the area."""

    id: UUID
    booking_id: UUID
    state: OfferState
    service: str
    service_name: str
    area: str
    during: TimeRange
    pay: Money
    rate: Money
    metres: int | None
    code: str
    expires_at: datetime
    wishes: str


@dataclass(frozen=True, slots=True)
class AddressView:
    """What a worker may read now; `lines` and `notes` are empty until a day before the visit."""

    booking_id: UUID
    area: str
    cell: str
    lines: str = ""
    notes: str = ""
    full_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A date of a series that cannot be booked as wished, and why. It is not skipped silently."""

    on: date
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class SeriesResult:
    """What became of a wish for a series. With conflicts and no consent nothing was booked."""

    series_id: UUID | None
    booking_ids: tuple[UUID, ...]
    dates: tuple[date, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every so many weeks on one weekday by the wall clock of a place; `count` dates in all."""

    first_on: date
    starts: time
    ends: time
    zone: str
    every_weeks: int = 1
    count: int = 8

    @property
    def rrule(self) -> str:
        """The recurrence as RFC 5545 writes it."""
        return f"FREQ=WEEKLY;INTERVAL={self.every_weeks};COUNT={self.count}"


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of a weekday (Monday is 0) by the wall clock of the place; an end ≤ start is next day."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class DayException:
    """A date that differs from the week: free hours, or none when `starts` is None."""

    on: date
    starts: time | None = None
    ends: time | None = None


@dataclass(frozen=True, slots=True)
class AvailabilityCard:
    """What a worker said about her time."""

    worker_id: UUID
    zone: str
    week: tuple[Window, ...]
    exceptions: tuple[DayException, ...]
    leave: tuple[tuple[date, date, str], ...]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One condition a candidate passed or failed, in words."""

    name: str
    passed: bool
    why: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One part of a rank: `score` of 0 to 1 as a fraction ("3/5"), times `weight`."""

    name: str
    weight: int
    score: str
    why: str


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One candidate of a round. `label` is her name for the office, else "a colleague"."""

    label: str
    rank: int | None
    is_chosen: bool
    checks: tuple[CheckLine, ...]
    scores: tuple[ScoreLine, ...]
    total: str


@dataclass(frozen=True, slots=True)
class WhyHer:
    """Why an offer went where it went: candidates, filters, scores and the policy version used."""

    offer_id: UUID
    booking_id: UUID
    round_number: int
    made_at: datetime
    policy_version_id: UUID | None
    weights: dict[str, int]
    candidates: tuple[CandidateLine, ...]


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A worker's day at the desk."""

    worker_id: UUID
    worker_name: str
    on_leave: bool
    bookings: tuple[BookingCard, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """A day of the cooperative: what nobody covers yet, then one row per worker."""

    day: date
    zone: str
    uncovered: tuple[BookingCard, ...]
    rows: tuple[DeskRow, ...]
    disputed: tuple[BookingCard, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Today:
    """A worker's day: the next visit, what follows, offers, and the week against her limits."""

    next_visit: WorkCard | None
    later: tuple[WorkCard, ...]
    offers: tuple[OfferCard, ...]
    week_seconds: int
    week_limit_seconds: int
    week_wanted_seconds: int


@dataclass(frozen=True, slots=True)
class VisitCard:
    """What happened, once it is agreed or settled."""

    id: UUID
    booking_id: UUID
    worker_id: UUID
    household_id: UUID
    quote_id: UUID
    during: TimeRange
    completed_at: datetime


@dataclass(frozen=True, slots=True)
class DeclarationCard:
    """What one side says about when the visit was."""

    side: Side
    during: TimeRange
    note: str
    at: datetime
