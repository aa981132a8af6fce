"""Bookings and visits, as each side may see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from bookings.types.pairing import OfferCard, least_of
from bookings.types.states import Absence, BookingState, Side
from coop.kernel import Money, TimeRange


@dataclass(frozen=True, slots=True)
class BookingCard:
    """A booking as its household or the office sees it.

    `client_code` and `wishes` are empty for everybody but the household; `worker_name` until
    somebody accepted.
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
class VisitName:
    """What a bill calls the visit it is for."""

    service_name: str
    household_name: str
    during: TimeRange


@dataclass(frozen=True, slots=True)
class WorkCard:
    """A booking as its worker sees it: pay instead of price; the address is asked for apart.

    `paid_seconds` holds `travel_seconds`. The wishes are asked for apart, as the address is: they
    are free words and may say where it is.
    `code_open`: whether the household's four digits still count, or were wrong too often.
    """

    id: UUID
    household_name: str
    service: str
    service_name: str
    area: str
    during: TimeRange
    state: BookingState
    pay: Money
    paid_seconds: int
    has_wishes: bool
    started_at: datetime | None
    ended_at: datetime | None
    worker_arrived: bool
    household_arrived: bool
    version: int
    code_open: bool = True
    travel_seconds: int = 0

    @property
    def least_seconds(self) -> int:
        """What a short visit is paid at least; nothing where the visit itself is longer."""
        return least_of(self.during, self.paid_seconds - self.travel_seconds)


@dataclass(frozen=True, slots=True)
class AddressView:
    """What a worker may read now.

    `lines`, `notes` and the household's `wishes` are empty until a day before the visit.
    """

    booking_id: UUID
    area: str
    cell: str
    lines: str = ""
    notes: str = ""
    full_from: datetime | None = None
    wishes: str = ""


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A worker's day at the desk."""

    worker_id: UUID
    worker_name: str
    on_leave: bool
    bookings: tuple[BookingCard, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """A day of the cooperative: what nobody covers yet, then one row per worker.

    `disputed` and `unspoken` (over, and nobody said when it was) are of any day.
    """

    day: date
    zone: str
    uncovered: tuple[BookingCard, ...]
    rows: tuple[DeskRow, ...]
    disputed: tuple[BookingCard, ...] = field(default=())
    unspoken: tuple[BookingCard, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Today:
    """A worker's day: the next visit, what follows, offers, and the week against her limits.

    `over`: visits that ended and wait for a word on their time; one of them is next only when
    nothing else is.
    """

    next_visit: WorkCard | None
    later: tuple[WorkCard, ...]
    offers: tuple[OfferCard, ...]
    week_seconds: int
    week_limit_seconds: int
    week_wanted_seconds: int
    over: tuple[WorkCard, ...] = field(default=())


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
    """What one side says about when the visit was; `absence` instead when there was none."""

    side: Side
    during: TimeRange | None
    note: str
    at: datetime
    absence: Absence | None = None
