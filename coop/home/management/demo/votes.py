"""What the members of the demonstration decided, decide now, and talk about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from coop.home.management.demo.town import Town
from coop.members import queries as members
from governance import operations, queries
from governance.types import NewChange, NewMotion, ProposalView

#: What is moved, once it is written.
Motion = Callable[[datetime], NewMotion]


@dataclass(frozen=True)
class Said:
    """A word in a discussion."""

    name: str
    stance: str
    words: str


def changes(key: str, terms: Mapping[str, Any], on: date) -> Motion:
    """A motion that changes one rule from a day."""
    return lambda at: NewMotion((NewChange(key, dict(terms), on),))


def proposal(
    town: Town,
    *,
    at: datetime,
    title: str,
    reason: str,
    motion: Motion,
    said: Sequence[Said] = (),
    turnout: int = 99,
) -> None:
    """Written by the chair; discussed, announced, voted and certified as far as time has come."""
    chair = town.cast.ref("chair")

    def write(now: datetime) -> None:
        number = operations.propose(
            by=chair, at=now, title=title, reason=reason, motion=motion(now)
        )
        operations.start_discussion(by=chair, at=now, proposal_id=number)
        for place, word in enumerate(said, start=1):
            town.line.at(now + timedelta(hours=3 * place), _comment(town, number, word))
        until = _view(town, number, now).discussed_until
        assert until is not None
        town.line.at(until, lambda when: _notice(town, number, when, turnout))

    town.line.at(at, write)


def _comment(town: Town, number: UUID, word: Said) -> Callable[[datetime], object]:
    return lambda at: operations.comment(
        by=town.cast.ref(word.name), at=at, proposal_id=number, text=word.words,
        stance=word.stance,
    )  # fmt: skip


def _notice(town: Town, number: UUID, at: datetime, turnout: int) -> None:
    """The box opens and closes by itself; votes come in over its days."""
    operations.give_notice(by=town.cast.ref("chair"), at=at, proposal_id=number)
    card = _view(town, number, at).card
    assert card.opens_at is not None
    assert card.closes_at is not None
    voters = members.members_with_vote(cooperative_id=town.cast.id)[:turnout]
    for place, voter in enumerate(voters):
        choice = {2: "no", 5: "abstain"}.get(place, "yes")
        moment = card.opens_at + timedelta(hours=1 + place)
        town.line.at(moment, _vote(town, number, voter.person_id, choice))
    town.line.at(
        card.closes_at + timedelta(hours=1),
        lambda when: operations.certify(
            by=town.cast.ref("teller"), at=when, proposal_id=number
        ),
    )  # fmt: skip


def _vote(town: Town, number: UUID, person: UUID, choice: str) -> Callable[[datetime], object]:
    def cast(at: datetime) -> None:
        on = town.cast.founded_at.date()
        by = members.ref_for(person_id=person, cooperative_id=town.cast.id, on=on)
        operations.cast_vote(by=by, at=at, proposal_id=number, choice=choice)

    return cast


def _view(town: Town, number: UUID, at: datetime) -> ProposalView:
    return queries.proposal(town.cast.ref("chair"), proposal_id=number, on=at.date())
