"""What must hold of decisions (I9, I10), asked of a live database; each breach names its row."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, F

from coop.audit.types import Breach
from governance.models import Ballot, BallotRoll, Decision, PolicyVersion, Vote
from governance.queries.counting import count_again
from governance.types import BallotState

_COUNTED = [BallotState.COUNTED.value, BallotState.CERTIFIED.value]


def breaches(*, cooperative_id: UUID) -> list[Breach]:
    """I9: one member one vote, counts replay. I10: no version undecided or backdated."""
    return [*_votes(cooperative_id), *_counts(cooperative_id), *_versions(cooperative_id)]


def _votes(cooperative_id: UUID) -> list[Breach]:
    found = []
    twice = (
        Vote.objects.filter(cooperative_id=cooperative_id)
        .values("ballot_id", "membership_id")
        .annotate(times=Count("id"))
        .filter(times__gt=1)
    )
    for row in twice:
        words = f"a member voted {row['times']} times in ballot {row['ballot_id']}"
        found.append(Breach("I9", words, str(row["membership_id"])))
    rolls = set(
        BallotRoll.objects.filter(cooperative_id=cooperative_id).values_list(
            "ballot_id", "membership_id"
        )
    )
    cast = Vote.objects.filter(cooperative_id=cooperative_id)
    for vote_id, ballot_id, membership_id in cast.values_list("id", "ballot_id", "membership_id"):
        if (ballot_id, membership_id) not in rolls:
            found.append(Breach("I9", "a vote of somebody not on the roll", str(vote_id)))
    return found


def _counts(cooperative_id: UUID) -> list[Breach]:
    """A counted ballot counts the same again, and its decision says what the count says."""
    found = []
    decisions = {d.ballot_id: d for d in Decision.objects.filter(cooperative_id=cooperative_id)}
    ballots = Ballot.objects.filter(cooperative_id=cooperative_id, state__in=_COUNTED)
    for ballot in ballots.select_related("proposal"):
        again = count_again(ballot.proposal, ballot)
        if again.input_sha256 != ballot.input_sha256:
            found.append(Breach("I9", "the count does not replay", str(ballot.id)))
        on_roll = BallotRoll.objects.filter(ballot=ballot).count()
        if on_roll != ballot.roll_size:
            found.append(Breach("I9", "the roll is not the one that was frozen", str(ballot.id)))
        decision = decisions.get(ballot.id)
        if decision and (decision.passed, decision.yes, decision.no, decision.abstain) != (
            again.passed, again.yes, again.no, again.abstain,
        ):  # fmt: skip
            found.append(Breach("I9", "a decision says another count", str(decision.id)))
    return found


def _versions(cooperative_id: UUID) -> list[Breach]:
    rows = PolicyVersion.objects.filter(cooperative_id=cooperative_id)
    undecided = rows.filter(founding=False, decision__isnull=True)
    failed = rows.filter(decision__passed=False)
    back = rows.filter(decision__isnull=False, effective_from__lt=F("decision__certified_on"))
    return [
        *(Breach("I10", f"{r.key} holds without a decision", str(r.id)) for r in undecided),
        *(Breach("I10", f"{r.key} holds by a decision that failed", str(r.id)) for r in failed),
        *(Breach("I10", f"{r.key} reaches back in time", str(r.id)) for r in back),
    ]
