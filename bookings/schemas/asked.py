"""What the API takes. Every instant says its zone; unknown fields are refused."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from ninja import Schema
from pydantic import (
    AwareDatetime,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    field_validator,
    model_validator,
)

from bookings.types import Absence, PaidBy, WorkerReason
from coop.kernel import TimeRange


class _In(Schema):
    model_config = ConfigDict(extra="forbid")


class SpanIn(_In):
    """A stretch of time; both ends say their zone."""

    start: AwareDatetime
    end: AwareDatetime

    def span(self) -> TimeRange:
        return TimeRange(self.start, self.end)


class QuoteIn(_In):
    """`household_id` is for the coordinator; a household asks for itself.

    The same `request_id` again is the same price.
    """

    request_id: UUID
    address_id: UUID
    service: str = Field(max_length=40, pattern=r"^[a-z0-9_-]+$")
    during: SpanIn
    paid_by: PaidBy = PaidBy.CARD
    household_id: UUID | None = None


class BookingIn(_In):
    """The same `request_id` again is the same booking.

    `beside`: wanted although another visit stands at that address at that time.
    """

    request_id: UUID
    quote_id: UUID
    wishes: str = Field(default="", max_length=500)
    beside: StrictBool = False


class SeriesIn(_In):
    """Every so many weeks by the wall clock of the place, `count` dates in all."""

    request_id: UUID
    address_id: UUID
    service: str = Field(max_length=40, pattern=r"^[a-z0-9_-]+$")
    first_on: date
    starts: time
    ends: time
    every_weeks: StrictInt = Field(default=1, ge=1, le=12)
    count: StrictInt = Field(default=8, ge=2, le=52)
    paid_by: PaidBy = PaidBy.CARD
    wishes: str = Field(default="", max_length=500)
    despite_conflicts: StrictBool = False
    household_id: UUID | None = None

    @field_validator("starts", "ends")
    @classmethod
    def by_the_clock_of_the_place(cls, said: time) -> time:
        if said.tzinfo is not None:
            raise ValueError("A time of the place's own clock, without a zone")
        return said


class ReasonIn(_In):
    reason: str = Field(default="", max_length=300)


class WithdrawIn(_In):
    reason: WorkerReason


class ArriveIn(_In):
    """The worker sends the household's four digits, or nothing and the household says it too."""

    code: str = Field(default="", pattern="^([0-9]{4})?$")


class DeclareIn(_In):
    during: SpanIn
    note: str = Field(default="", max_length=500)


class AgreeIn(_In):
    """`said_at` of the word that was read; when another came since, nothing is agreed."""

    said_at: AwareDatetime


class AbsenceIn(_In):
    note: str = Field(default="", max_length=500)


class SettleIn(_In):
    """A time that holds, or that there was no visit: one of the two."""

    during: SpanIn | None = None
    absence: Absence | None = None
    reason: str = Field(min_length=1, max_length=300)

    @model_validator(mode="after")
    def one_of_the_two(self) -> SettleIn:
        if (self.during is None) == (self.absence is None):
            raise ValueError("Say a time, or that there was no visit")
        return self


class WindowIn(_In):
    """Monday is 0; an end not after the start is the next day's."""

    weekday: StrictInt = Field(ge=0, le=6)
    starts: time
    ends: time


class WeekIn(_In):
    week: list[WindowIn] = Field(max_length=28)


class DayIn(_In):
    """Other hours of one date, or none: not free."""

    starts: time | None = None
    ends: time | None = None


class LeaveIn(_In):
    """Away from `first_on` up to, not including, `until_on`; the same `request_id` is the same."""

    request_id: UUID
    first_on: date
    until_on: date
    kind: str = Field(default="leave", pattern="^(leave|illness|family|training)$")
