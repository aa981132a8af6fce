"""What crosses the members' door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from coop.kernel import Said, ours


class MembershipState(StrEnum):
    APPLICANT = "applicant"
    TRIAL = "trial"
    MEMBER = "member"
    ON_LEAVE = "on_leave"
    SUSPENDED = "suspended"
    LEFT = "left"


class OfficeName(StrEnum):
    COORDINATOR = "coordinator"
    BOARD = "board"
    TREASURER = "treasurer"
    ELECTION_COMMITTEE = "election_committee"
    AUDITOR = "auditor"


#: The members elect these to lead and to watch; nobody takes one from another alone.
#: Nor does one person alone fill them, where the board has a second one.
TRUSTED_OFFICES = frozenset({OfficeName.BOARD, OfficeName.ELECTION_COMMITTEE, OfficeName.AUDITOR})


#: What the trail calls an office.
_CALLED = {
    OfficeName.COORDINATOR: ours("coordinator"),
    OfficeName.BOARD: ours("board"),
    OfficeName.TREASURER: ours("treasurer"),
    OfficeName.ELECTION_COMMITTEE: ours("election committee"),
    OfficeName.AUDITOR: ours("auditor"),
}


def said_office(name: str) -> Said:
    return Said(_CALLED[OfficeName(name)])


#: What was asked longer ago than this is asked anew.
MOTION_LIVES = timedelta(days=60)


class MotionState(StrEnum):
    """How far a request is that needs a second board member."""

    WAITING = "waiting"
    DONE = "done"
    WITHDRAWN = "withdrawn"


#: Who may vote: a member keeps her vote on leave.
VOTING_STATES = frozenset({MembershipState.MEMBER, MembershipState.ON_LEAVE})


@dataclass(frozen=True, slots=True)
class MemberRef:
    """Who acts, in which cooperative, as what. Carried into every operation as `by`."""

    cooperative_id: UUID
    person_id: UUID | None
    name: str
    country: str
    currency: str
    zone: str
    language: str
    membership_id: UUID | None = None
    worker_id: UUID | None = None
    household_id: UUID | None = None
    offices: frozenset[str] = frozenset()
    can_vote: bool = False

    @property
    def is_system(self) -> bool:
        return self.person_id is None

    @property
    def label(self) -> str:
        """How the audit names her."""
        return self.name

    def has(self, *offices: str) -> bool:
        """Whether she holds one of the offices; the system itself counts as none."""
        return not self.offices.isdisjoint(offices)


@dataclass(frozen=True, slots=True)
class CooperativeCard:
    """The public face of a cooperative."""

    id: UUID
    slug: str
    name: str
    kind: str
    country: str
    currency: str
    zone: str
    language: str
    founded_on: date
    employer_of_record: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as a fellow member may see her: no phone, no address."""

    id: UUID
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class WorkerCard:
    """A worker as pairing and pay see her."""

    id: UUID
    person_id: UUID
    name: str
    active: bool
    wanted_minutes_per_week: int
    home_lat: Decimal | None
    home_lon: Decimal | None
    travels_km: int
    joined_on: date
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class HouseholdCard:
    """A client account without its addresses."""

    id: UUID
    name: str
    kind: str
    people: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaCard:
    """Where, coarsely: what anybody pairing may know before acceptance."""

    address_id: UUID
    household_id: UUID
    area: str
    cell: str


@dataclass(frozen=True, slots=True)
class AddressCard:
    """A whole address; every read of one by a worker is kept in the trail."""

    id: UUID
    household_id: UUID
    lines: str
    notes: str
    area: str
    cell: str
    lat: Decimal
    lon: Decimal


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A member with a vote."""

    membership_id: UUID
    person_id: UUID
    number: int
    name: str
    state: MembershipState
    worker_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """An office, who holds it, and for which days [from_on, until_on)."""

    id: UUID
    name: OfficeName
    person_id: UUID
    person: str
    from_on: date
    until_on: date
    source: str


@dataclass(frozen=True, slots=True)
class OfficeAct:
    """What came of an act about an office: the office, or the request that waits for a key."""

    id: UUID
    waits: bool


@dataclass(frozen=True, slots=True)
class MotionCard:
    """A request about an office that waits for a second board member's key."""

    id: UUID
    name: OfficeName
    person_id: UUID
    person: str
    ends: bool
    from_on: date
    until_on: date | None
    source: str
    asked_by_id: UUID
    asked_by: str
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class ProfileCard:
    """What a person says of herself, as only she sees it."""

    name: str
    phone: str
    email: str
    language: str
    wanted_minutes_per_week: int | None
    travels_km: int | None


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made; `text` is never shown again."""

    id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class TokenCard:
    """A token as its owner sees it later."""

    id: UUID
    name: str
    prefix: str
    created_at: datetime
    revoked_at: datetime | None
    last_used_on: date | None


@dataclass(frozen=True, slots=True)
class PhoneCard:
    """A person and her number; only for demonstrations."""

    id: UUID
    name: str
    phone: str
