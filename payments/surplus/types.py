"""What crosses the surplus's door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from coop.kernel import Money, Said


class SharingState(StrEnum):
    PROPOSED = "proposed"
    POSTED = "posted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class AllotmentLine:
    """One rung of the waterfall: a fund, the loss, the reserve."""

    fund: str
    name: str
    amount: Money
    base: Money
    share: str
    rule: Said
    by_law: bool
    indivisible: bool


@dataclass(frozen=True, slots=True)
class ShareLine:
    """A member's part by the hours she worked, in cash and on her capital account."""

    membership_id: UUID
    number: int
    name: str
    seconds: int
    amount: Money
    cash: Money
    capital: Money


@dataclass(frozen=True, slots=True)
class SharingCard:
    """A proposed or posted sharing; days are half-open."""

    id: UUID
    starts_on: date
    ends_on: date
    state: SharingState
    surplus: Money
    patronage: Money
    proposed_at: datetime
    decision_id: UUID | None


@dataclass(frozen=True, slots=True)
class SharingDetail:
    """The waterfall; `shares` holds what the reader may see: all of them, or only her own.

    `not_owed` is the part of the surplus that prices set aside for funds and no fund was owed; it
    is less than nothing where funds cost more than prices brought.
    """

    card: SharingCard
    allotments: tuple[AllotmentLine, ...]
    shares: tuple[ShareLine, ...]
    flags: tuple[Said, ...]
    mine: ShareLine | None
    not_owed: Money
