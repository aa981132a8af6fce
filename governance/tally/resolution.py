"""A resolution: yes, no or abstain, decided by cross-multiplied whole numbers."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping

from coop.kernel import BadInput
from governance.types import Base, Choice, DecisionType, Outcome, TestLine

RULE = "resolution-1"


def resolution(
    decision_type: DecisionType, votes: Mapping[str, str], *, eligible: int, present: int
) -> Outcome:
    """Count papers (paper: choice) by a decision type and explain each test.

    `eligible` members were on the roll and `present` of them took part. Raises BadInput when the
    numbers contradict each other.
    """
    if not 0 <= len(votes) <= present <= eligible:
        raise BadInput(
            "count_impossible",
            "%(votes)s votes from %(present)s present of %(eligible)s members cannot be.",
            votes=len(votes),
            present=present,
            eligible=eligible,
        )
    tally = Counter(Choice(choice) for choice in votes.values())
    yes, no, abstain = tally[Choice.YES], tally[Choice.NO], tally[Choice.ABSTAIN]
    quorum = _quorum(decision_type, present, eligible)
    tests = (
        quorum,
        TestLine("some_yes", yes, 0, ">", yes > 0, f"{yes} said yes"),
        _majority(decision_type, yes, no, abstain, present, eligible),
    )
    return Outcome(
        passed=all(test.holds for test in tests),
        quorate=quorum.holds,
        yes=yes,
        no=no,
        abstain=abstain,
        eligible=eligible,
        present=present,
        tests=tests,
        input_sha256=_fingerprint(decision_type, votes, eligible, present),
    )


def _quorum(kind: DecisionType, present: int, eligible: int) -> TestLine:
    n, d = kind.quorum
    left, right = present * d, eligible * n
    return TestLine(
        "quorum", left, right, ">=", left >= right,
        f"{present} took part × {d} against {eligible} members × {n}",
    )  # fmt: skip


def _majority(
    kind: DecisionType, yes: int, no: int, abstain: int, present: int, eligible: int
) -> TestLine:
    n, d = kind.threshold
    base = {
        Base.CAST: yes + no + abstain,
        Base.YES_NO: yes + no + (abstain if kind.abstention == "against" else 0),
        Base.PRESENT: present,
        Base.MEMBERS: eligible,
    }[kind.base]
    left, right = yes * d, base * n
    holds = left > right if kind.strict else left >= right
    return TestLine(
        "majority", left, right, ">" if kind.strict else ">=", holds,
        f"{yes} yes × {d} against {base} counted × {n}",
    )  # fmt: skip


def _fingerprint(kind: DecisionType, votes: Mapping[str, str], eligible: int, present: int) -> str:
    record = {
        "rule": RULE,
        "threshold": kind.threshold,
        "strict": kind.strict,
        "base": kind.base.value,
        "abstention": kind.abstention,
        "quorum": kind.quorum,
        "eligible": eligible,
        "present": present,
        "votes": sorted(votes.items()),
    }
    text = json.dumps(record, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
