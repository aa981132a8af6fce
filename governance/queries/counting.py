"""The count, from the box and from the record: both must say the same."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from governance.models import Ballot, Proposal, Vote
from governance.rules.terms import decision_type
from governance.tally import resolution
from governance.types import Outcome, TestLine


def count_again(proposal: Proposal, ballot: Ballot) -> Outcome:
    """Count the box by the decision type kept at notice; a second call has its own quorum."""
    kind = decision_type(proposal.decision_kind, proposal.decision_terms)
    if ballot.call > 1 and kind.second_call:
        kind = replace(kind, quorum=kind.second_call.quorum)
    votes = {
        str(membership_id): choice
        for membership_id, choice in Vote.objects.filter(ballot=ballot).values_list(
            "membership_id", "choice"
        )
    }
    return resolution(kind, votes, eligible=ballot.roll_size, present=len(votes))


def outcome_record(outcome: Outcome) -> dict[str, Any]:
    """An outcome as it is kept."""
    return asdict(outcome)


def outcome_of(record: dict[str, Any]) -> Outcome:
    """A kept outcome read again."""
    tests = tuple(TestLine(**line) for line in record["tests"])
    return Outcome(**{**record, "tests": tests})
