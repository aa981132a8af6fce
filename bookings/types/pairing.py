"""Who is asked, in what order, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bookings.types.states import OfferState
from coop.kernel import Money, Said, TimeRange


def least_of(during: TimeRange, paid: int) -> int:
    """The paid seconds of a visit that is paid longer than it is booked; otherwise nothing."""
    return paid if paid > during.seconds else 0


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One condition a candidate passed or failed, in words."""

    name: str
    passed: bool
    why: Said


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One part of a rank: `score` of 0 to 1 as a fraction ("3/5"), times `weight`."""

    name: str
    weight: int
    score: str
    why: Said


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
class OfferCard:
    """An invitation as its worker sees it: no household name, no address, only the area.

    What the household wishes is free text and may name its street: she reads it with the address.
    """

    id: UUID
    booking_id: UUID
    state: OfferState
    service: str
    service_name: str
    area: str
    during: TimeRange
    pay: Money
    paid_seconds: int
    rate: Money
    metres: int | None
    code: str
    expires_at: datetime
    has_wishes: bool
    travel_seconds: int = 0

    @property
    def least_seconds(self) -> int:
        """What a short visit is paid at least; nothing where the visit itself is longer."""
        return least_of(self.during, self.paid_seconds - self.travel_seconds)
