"""Members decide: a new floor, and how the surplus is shared."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from bookings.policies import LIVING_WAGE_FLOOR
from coop.home.management.story.cast import Cast
from coop.home.management.story.stage import Stage
from coop.kernel import Money
from coop.members import queries as members
from governance import operations, queries
from governance.types import NewChange, NewMotion, ProposalView


def higher_floor(cast: Cast, on: date) -> NewChange:
    """More than the floor a cooperative of this place is founded with, from a day on."""
    founding = LIVING_WAGE_FLOOR.founding(cast.place.country, on)
    floor = Money.of(founding["default"], cast.place.currency)
    floor += Money.of(cast.place.rise, cast.place.currency)
    terms = {"currency": cast.place.currency, "default": floor.major(), "services": {}}
    return NewChange(LIVING_WAGE_FLOOR.name, terms, on)


def decide(
    stage: Stage, cast: Cast, *, at: datetime, title: str, reason: str, motion: NewMotion
) -> datetime:
    """From draft to certified, every member voting; the moment it was certified."""
    chair = cast.ref("chair")
    number = operations.propose(by=chair, at=at, title=title, reason=reason, motion=motion)
    operations.start_discussion(by=chair, at=at, proposal_id=number)
    seen = _look(cast, number, at)
    stage.tell(
        "A proposal is discussed", title=title, says=seen.card.says,
        changes=[f"{c.before} → {c.after}" for c in seen.changes],
        until=str(seen.discussed_until),
    )  # fmt: skip
    noticed_at = seen.discussed_until or at
    operations.give_notice(by=chair, at=noticed_at, proposal_id=number)
    seen = _look(cast, number, noticed_at)
    opens_at, closes_at = seen.card.opens_at, seen.card.closes_at
    assert opens_at is not None
    assert closes_at is not None
    stage.tell("Notice is given and the text frozen", text_sha256=seen.text_sha256)
    stage.carry_out(opens_at)
    _vote(cast, number, opens_at + timedelta(hours=1))
    stage.carry_out(closes_at)
    certified_at = closes_at + timedelta(hours=1)
    decision = operations.certify(by=cast.ref("teller"), at=certified_at, proposal_id=number)
    _tell_outcome(stage, _look(cast, number, certified_at), decision)
    stage.carry_out(certified_at)
    return certified_at


def _look(cast: Cast, proposal_id: UUID, at: datetime) -> ProposalView:
    return queries.proposal(cast.ref("chair"), proposal_id=proposal_id, on=at.date())


def _vote(cast: Cast, proposal_id: UUID, at: datetime) -> None:
    """One says no, one abstains, the others say yes."""
    voters = members.members_with_vote(cooperative_id=cast.id)
    for place, member in enumerate(voters):
        choice = {1: "no", 2: "abstain"}.get(place, "yes")
        by = members.ref_for(
            person_id=member.person_id, cooperative_id=cast.id, on=cast.founded_at.date()
        )
        operations.cast_vote(by=by, at=at, proposal_id=proposal_id, choice=choice)


def _tell_outcome(stage: Stage, seen: ProposalView, decision: UUID | None) -> None:
    outcome = seen.ballots[-1].outcome
    assert outcome is not None
    stage.tell(
        "The box is counted and certified",
        yes=outcome.yes, no=outcome.no, abstain=outcome.abstain, on_roll=outcome.eligible,
        tests=[f"{t.name}: {t.left} {t.sign} {t.right} {t.holds}" for t in outcome.tests],
        passed=outcome.passed, decision=str(decision), counted_sha256=outcome.input_sha256,
    )  # fmt: skip
