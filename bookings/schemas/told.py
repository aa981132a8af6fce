"""What the API gives. Amounts are whole minor units with a currency."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema

from bookings.types import CheckLine, QuoteLineCard, ScoreLine


class MoneyOut(Schema):
    minor: int
    currency: str


class SpanOut(Schema):
    start: datetime
    end: datetime


class ServiceOut(Schema):
    code: str
    name: str
    skill: str
    floor: MoneyOut


class LineOut(Schema):
    """`rule` is in the asker's language; `facts` are what it names, exact."""

    kind: str
    code: str
    label: str
    amount: MoneyOut
    rule: str
    facts: dict[str, Any]
    source: str
    policy: str

    @staticmethod
    def resolve_label(line: QuoteLineCard) -> str:
        return _(line.label)

    @staticmethod
    def resolve_rule(line: QuoteLineCard) -> str:
        return str(line.rule)

    @staticmethod
    def resolve_facts(line: QuoteLineCard) -> dict[str, Any]:
        return line.rule.kept


class QuoteOut(Schema):
    id: UUID
    household_id: UUID
    address_id: UUID
    service: str
    during: SpanOut
    price: MoneyOut
    wage: MoneyOut
    paid_seconds: int
    travel_seconds: int
    lines: list[LineOut]
    terms: dict[str, str]
    paid_by: str
    made_at: datetime


class BookingOut(Schema):
    """`client_code` and `wishes` are only for its household.

    The code while it may have to be told at the door; her worker reads the wishes with the address.
    """

    id: UUID
    household_id: UUID
    household_name: str
    service: str
    service_name: str
    area: str
    during: SpanOut
    state: str
    price: MoneyOut
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


class WordOut(Schema):
    """`absence` instead of a time: the visit did not take place."""

    side: str
    during: SpanOut | None
    absence: str | None
    note: str
    at: datetime


class VisitOut(Schema):
    id: UUID
    booking_id: UUID
    worker_id: UUID
    household_id: UUID
    quote_id: UUID
    during: SpanOut
    completed_at: datetime


class ConflictOut(Schema):
    on: date
    code: str
    reason: str


class SeriesOut(Schema):
    """With conflicts and no consent nothing was booked: `series_id` is empty, and `dates` are those
    that could be. With a conflict on every date it is refused as `series_has_no_date`."""

    series_id: UUID | None
    booking_ids: list[UUID]
    dates: list[date]
    conflicts: list[ConflictOut]


class OfferOut(Schema):
    id: UUID
    booking_id: UUID
    state: str
    service: str
    service_name: str
    area: str
    during: SpanOut
    pay: MoneyOut
    paid_seconds: int
    rate: MoneyOut
    metres: int | None
    code: str
    expires_at: datetime
    has_wishes: bool


class CheckOut(Schema):
    name: str
    passed: bool
    why: str

    @staticmethod
    def resolve_why(line: CheckLine) -> str:
        return str(line.why)


class ScoreOut(Schema):
    name: str
    weight: int
    score: str
    why: str

    @staticmethod
    def resolve_why(line: ScoreLine) -> str:
        return str(line.why)


class CandidateOut(Schema):
    label: str
    rank: int | None
    is_chosen: bool
    checks: list[CheckOut]
    scores: list[ScoreOut]
    total: str


class WhyOut(Schema):
    """Scores are exact fractions as text ("2/3"). A colleague stays nameless to a colleague."""

    offer_id: UUID
    booking_id: UUID
    round_number: int
    made_at: datetime
    policy_version_id: UUID | None
    weights: dict[str, int]
    candidates: list[CandidateOut]


class WorkOut(Schema):
    id: UUID
    household_name: str
    service: str
    service_name: str
    area: str
    during: SpanOut
    state: str
    pay: MoneyOut
    paid_seconds: int
    has_wishes: bool
    started_at: datetime | None
    ended_at: datetime | None
    worker_arrived: bool
    household_arrived: bool
    code_open: bool
    version: int


class AddressOut(Schema):
    """`lines`, `notes` and `wishes` are empty until a day before the visit."""

    booking_id: UUID
    area: str
    cell: str
    lines: str
    notes: str
    full_from: datetime | None
    wishes: str


class WindowOut(Schema):
    weekday: int
    starts: time
    ends: time


class DayOut(Schema):
    on: date
    starts: time | None
    ends: time | None


class TimesOut(Schema):
    """`leave`: first day, day after the last, kind."""

    worker_id: UUID
    zone: str
    week: list[WindowOut]
    exceptions: list[DayOut]
    leave: list[tuple[date, date, str]]


class DeskRowOut(Schema):
    worker_id: UUID
    worker_name: str
    on_leave: bool
    bookings: list[BookingOut]


class DeskOut(Schema):
    day: date
    zone: str
    uncovered: list[BookingOut]
    rows: list[DeskRowOut]
    disputed: list[BookingOut]
    unspoken: list[BookingOut]


class MadeOut(Schema):
    id: UUID


class AgreedOut(Schema):
    """The visit's id; empty when both agree that there was none."""

    id: UUID | None


class StateOut(Schema):
    state: str


class CostOut(Schema):
    """What the household owes by cancelling at this moment."""

    fee: MoneyOut


class CountOut(Schema):
    count: int


class AskedOut(Schema):
    offer_ids: list[UUID]


class RefusalOut(Schema):
    code: str
    message: str
    facts: dict[str, str] = {}
