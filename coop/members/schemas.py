"""What the API says about people."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema


class CooperativeOut(Schema):
    id: UUID
    name: str
    country: str
    currency: str
    zone: str


class MeOut(Schema):
    person_id: UUID
    name: str
    language: str
    cooperative: CooperativeOut
    worker_id: UUID | None
    household_id: UUID | None
    membership_id: UUID | None
    offices: list[str]
    can_vote: bool


class MemberOut(Schema):
    membership_id: UUID
    person_id: UUID
    number: int
    name: str
    state: str
    worker_id: UUID | None


class OfficeOut(Schema):
    id: UUID
    name: str
    person_id: UUID
    person: str
    from_on: date
    until_on: date
    source: str


class MotionOut(Schema):
    id: UUID
    name: str
    person_id: UUID
    person: str
    ends: bool
    from_on: date
    until_on: date | None
    source: str
    asked_by_id: UUID
    asked_by: str
    lapsed: bool


class OfficeActOut(Schema):
    """`waits`: a second board member must agree, and `id` is the request."""

    id: UUID
    waits: bool


class TokenIn(Schema):
    name: str


class TokenOut(Schema):
    id: UUID
    name: str
    prefix: str
    created_at: datetime
    revoked_at: datetime | None
    last_used_on: date | None


class NewTokenOut(Schema):
    id: UUID
    text: str


class ConsentIn(Schema):
    purpose: str
    given: bool
