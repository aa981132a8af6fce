"""What crosses governance's door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from coop.kernel import Money

T = TypeVar("T")


class ProposalState(StrEnum):
    DRAFT = "draft"
    DISCUSSION = "discussion"
    NOTICED = "noticed"
    VOTING = "voting"
    PASSED = "passed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class BallotState(StrEnum):
    SET_UP = "set_up"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    CERTIFIED = "certified"


class Choice(StrEnum):
    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Base(StrEnum):
    """Of what a majority is taken."""

    CAST = "cast"
    YES_NO = "yes_no"
    PRESENT = "present"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class SecondCall:
    """A second ballot after too few took part, with a smaller quorum (n of d)."""

    after_days: int
    quorum: tuple[int, int]


@dataclass(frozen=True, slots=True)
class DecisionType:
    """How one kind of decision is taken. Fractions are (n, d); days are calendar days."""

    name: str
    threshold: tuple[int, int]
    strict: bool
    base: Base
    abstention: str  # "aside": in no sum of yes or no; "against": counts as a no
    quorum: tuple[int, int]
    discussion_days: int
    notice_days: int
    voting_days: int
    cooling_off_days: int
    propose: str  # "member" or "board"
    secrecy: str = "open"
    second_call: SecondCall | None = None


@dataclass(frozen=True, slots=True)
class TestLine:
    """One test of the count: two whole numbers and what lies between them."""

    __test__ = False

    name: str
    left: int
    right: int
    sign: str
    holds: bool
    because: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A count that explains itself; `input_sha256` names exactly what was counted."""

    passed: bool
    quorate: bool
    yes: int
    no: int
    abstain: int
    eligible: int
    present: int
    tests: tuple[TestLine, ...]
    input_sha256: str
    rule: str = "resolution-1"


@dataclass(frozen=True, slots=True)
class PolicyInForce(Generic[T]):
    """The rule of a day: keep `version_id` on whatever is computed from it.

    `terms` are as voted; `value` is what holds: the law's own when that asks more (`by_law`).
    """

    version_id: UUID
    key: str
    value: T
    terms: Any
    effective_from: date
    decision_id: UUID | None
    by_law: bool = False


@dataclass(frozen=True, slots=True)
class PolicyStep:
    """One version in the history of a rule, with the vote it comes from."""

    version_id: UUID
    key: str
    terms: Any
    says: str
    effective_from: date
    decision_id: UUID | None
    proposal_id: UUID | None
    proposal_title: str


@dataclass(frozen=True, slots=True)
class RuleCard:
    """One question members may vote on: what holds today and what comes next."""

    key: str
    title: str
    says: str
    terms: Any
    effective_from: date
    proposal_id: UUID | None
    next_says: str = ""
    next_from: date | None = None
    by_law: bool = False


@dataclass(frozen=True, slots=True)
class NewChange:
    """One rule a motion would change, from a day on."""

    key: str
    terms: Any
    effective_from: date


@dataclass(frozen=True, slots=True)
class NewMotion:
    """What a proposal would do: change rules, or one declared act."""

    changes: tuple[NewChange, ...] = ()
    act: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change as a member reads it."""

    key: str
    title: str
    before: str
    after: str
    effective_from: date
    rows: tuple[tuple[str, Money | str, Money | str], ...] = ()


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many of how many; never how they voted."""

    cast: int
    of: int


@dataclass(frozen=True, slots=True)
class CommentView:
    name: str
    stance: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BallotView:
    """A ballot without interim results: outcome and names only once it is counted."""

    id: UUID
    call: int
    state: BallotState
    opens_at: datetime
    closes_at: datetime
    turnout: Turnout
    roll_sha256: str
    on_roll: bool
    my_choice: str
    outcome: Outcome | None
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal in a list."""

    id: UUID
    number: int
    state: ProposalState
    title: str
    says: str
    proposed_by: str
    proposed_at: datetime
    decision_kind: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    turnout: Turnout | None = None
    may_vote: bool = False
    my_choice: str = ""
    ended_at: datetime | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal on its own page."""

    card: ProposalCard
    reason: str
    changes: tuple[ChangeView, ...]
    act: str
    motion: Mapping[str, Any]
    decision_type: DecisionType
    discussed_until: datetime | None
    text_sha256: str
    comments: tuple[CommentView, ...]
    ballots: tuple[BallotView, ...]
    decision_id: UUID | None
    certified_at: datetime | None
    certified_by: str
    end_reason: str
    mine: bool
