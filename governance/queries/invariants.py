"""What must hold of decisions (I9, I10), asked of a live database; each breach names its row."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Count, F

from coop.audit.types import Breach, Check, broken, check
from governance.models import Ballot, BallotRoll, Decision, PolicyVersion, Vote
from governance.queries.counting import count_again
from governance.types import BallotState

_COUNTED = [BallotState.COUNTED.value, BallotState.CERTIFIED.value]


def checks(*, cooperative_id: UUID) -> list[Check]:
    """I9: one member one vote, counts replay. I10: no version undecided or backdated."""
    votes = Vote.objects.filter(cooperative_id=cooperative_id)
    ballots = list(
        Ballot.objects.filter(cooperative_id=cooperative_id, state__in=_COUNTED).select_related(
            "proposal"
        )
    )
    versions = PolicyVersion.objects.filter(cooperative_id=cooperative_id).count()
    return [
        check("I9", "votes", votes.count(), _votes(cooperative_id)),
        check("I9", "counted ballots", len(ballots), _counts(cooperative_id, ballots)),
        check("I10", "policy versions", versions, _versions(cooperative_id)),
    ]


def breaches(*, cooperative_id: UUID) -> list[Breach]:
    return broken(checks(cooperative_id=cooperative_id))


def _votes(cooperative_id: UUID) -> Iterator[tuple[str, object]]:
    cast = Vote.objects.filter(cooperative_id=cooperative_id)
    twice = (
        cast.values("ballot_id", "membership_id").annotate(times=Count("id")).filter(times__gt=1)
    )
    for row in twice:
        words = f"a member voted {row['times']} times in ballot {row['ballot_id']}"
        yield words, row["membership_id"]
    rolls = set(
        BallotRoll.objects.filter(cooperative_id=cooperative_id).values_list(
            "ballot_id", "membership_id"
        )
    )
    for vote_id, ballot_id, membership_id in cast.values_list("id", "ballot_id", "membership_id"):
        if (ballot_id, membership_id) not in rolls:
            yield "a vote of somebody not on the roll", vote_id


def _counts(cooperative_id: UUID, ballots: list[Ballot]) -> Iterator[tuple[str, object]]:
    """A counted ballot counts the same again, and its decision says what the count says."""
    decisions = {d.ballot_id: d for d in Decision.objects.filter(cooperative_id=cooperative_id)}
    for ballot in ballots:
        again = count_again(ballot.proposal, ballot)
        if again.input_sha256 != ballot.input_sha256:
            yield "the count does not replay", ballot.id
        if BallotRoll.objects.filter(ballot=ballot).count() != ballot.roll_size:
            yield "the roll is not the one that was frozen", ballot.id
        decision = decisions.get(ballot.id)
        if decision and (decision.passed, decision.yes, decision.no, decision.abstain) != (
            again.passed, again.yes, again.no, again.abstain,
        ):  # fmt: skip
            yield "a decision says another count", decision.id


def _versions(cooperative_id: UUID) -> Iterator[tuple[str, object]]:
    rows = PolicyVersion.objects.filter(cooperative_id=cooperative_id)
    for row in rows.filter(founding=False, decision__isnull=True):
        yield f"{row.key} holds without a decision", row.id
    for row in rows.filter(decision__passed=False):
        yield f"{row.key} holds by a decision that failed", row.id
    for row in rows.filter(decision__isnull=False, effective_from__lt=F("decision__certified_on")):
        yield f"{row.key} reaches back in time", row.id
