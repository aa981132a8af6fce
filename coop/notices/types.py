"""What crosses the notices' door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Channel(StrEnum):
    SMS = "sms"
    EMAIL = "email"
    IN_APP = "in_app"


class NoticeState(StrEnum):
    DUE = "due"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Template:
    """What is said: `subject` and `text` are English sources (gettext_noop) with %(name)s places.

    `link` is a path with the same places. A `private` text is read in the app only: an SMS then
    says no more than that there is a message.
    """

    name: str
    subject: str
    text: str
    link: str = "/inbox/"
    private: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom something is told, what fills the places, and the key that makes it once."""

    to: UUID
    key: str
    context: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A template in one language with its places filled."""

    subject: str
    text: str
    link: str
    private: bool


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """A message as its receiver sees it."""

    id: UUID
    template: str
    subject: str
    text: str
    link: str
    at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class NoticeTrace:
    """A notice as an operator sees it: when it was due, sent and delivered, and by which ways."""

    id: UUID
    person_id: UUID
    template: str
    state: NoticeState
    due_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    tries: tuple[TryLine, ...]


@dataclass(frozen=True, slots=True)
class TryLine:
    """One try by one channel; `error` is empty when it went out."""

    channel: Channel
    at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class NoticeCounts:
    """How many of a cooperative's notices stand where; overdue: due for more than a minute."""

    due: int
    overdue: int
    sent: int
    delivered: int
    failed: int


@dataclass(frozen=True, slots=True)
class Bubble:
    """One SMS on an on-screen phone; `mine` is what its holder wrote."""

    text: str
    at: datetime
    mine: bool
