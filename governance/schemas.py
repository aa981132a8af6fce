"""What the API takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from governance.types import NewChange, NewMotion


class ChangeIn(Schema):
    """One rule to change. Terms: JSON without fractions; amounts and rates as strings."""

    model_config = ConfigDict(extra="forbid")
    key: str = Field(max_length=80)
    terms: Any
    effective_from: date


class ProposalIn(Schema):
    """Either `changes`, or an `act` with its `payload`."""

    model_config = ConfigDict(extra="forbid")
    title: str = Field(min_length=1, max_length=160)
    reason: str = Field(min_length=1, max_length=4000)
    changes: list[ChangeIn] = []
    act: str = ""
    payload: dict[str, Any] = {}

    def motion(self) -> NewMotion:
        """The motion in the words of the operation."""
        changes = tuple(NewChange(c.key, c.terms, c.effective_from) for c in self.changes)
        return NewMotion(changes, self.act, self.payload)


class VoteIn(Schema):
    model_config = ConfigDict(extra="forbid")
    choice: Literal["yes", "no", "abstain"]


class CommentIn(Schema):
    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=2000)
    stance: Literal["for", "against", "note"] = "note"


class WithdrawIn(Schema):
    model_config = ConfigDict(extra="forbid")
    reason: str = Field(default="", max_length=300)


class MadeOut(Schema):
    id: UUID


class DecisionOut(Schema):
    """The decision, or nothing when a second call follows."""

    decision_id: UUID | None


class TurnoutOut(Schema):
    cast: int
    of: int


class ProposalOut(Schema):
    id: UUID
    number: int
    state: str
    title: str
    says: str
    proposed_by: str
    decision_kind: str
    opens_at: datetime | None
    closes_at: datetime | None
    turnout: TurnoutOut | None
    may_vote: bool
    my_choice: str


class TestOut(Schema):
    name: str
    left: int
    right: int
    sign: str
    holds: bool
    because: str


class OutcomeOut(Schema):
    passed: bool
    quorate: bool
    yes: int
    no: int
    abstain: int
    eligible: int
    present: int
    tests: list[TestOut]
    input_sha256: str


class BallotOut(Schema):
    id: UUID
    call: int
    state: str
    opens_at: datetime
    closes_at: datetime
    turnout: TurnoutOut
    roll_sha256: str
    outcome: OutcomeOut | None


class ChangeOut(Schema):
    key: str
    title: str
    before: str
    after: str
    effective_from: date


class CommentOut(Schema):
    name: str
    stance: str
    text: str
    at: datetime


class ProposalDetailOut(Schema):
    card: ProposalOut
    reason: str
    motion: dict[str, Any]
    changes: list[ChangeOut]
    text_sha256: str
    comments: list[CommentOut]
    ballots: list[BallotOut]
    decision_id: UUID | None
    end_reason: str


class RuleOut(Schema):
    key: str
    title: str
    says: str
    terms: Any
    effective_from: date
    next_says: str
    next_from: date | None
    by_law: bool


class StepOut(Schema):
    version_id: UUID
    terms: Any
    says: str
    effective_from: date
    decision_id: UUID | None
    proposal_id: UUID | None
