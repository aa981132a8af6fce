"""What happened to people and their cooperative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CooperativeFounded:
    """A cooperative exists; apps set up what it starts with (founding terms, services)."""

    cooperative_id: UUID
    country: str
    currency: str
    founded_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkerJoined:
    cooperative_id: UUID
    worker_id: UUID
    person_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class MemberAdmitted:
    cooperative_id: UUID
    membership_id: UUID
    person_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class SignInCodeAsked:
    """Somebody at a sign-in page needs a code by SMS; it is a secret and never stored."""

    id: UUID
    phone: str
    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignUpOfKnownPhone:
    """Somebody signs up with a number that has an account; only its holder is told."""

    id: UUID
    phone: str
    at: datetime
