"""Exactly on the line: thresholds, quorums and abstentions in whole numbers done by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from governance.policies import DECISION_TYPES
from governance.registry import PolicyKey, keys
from governance.tally import resolution
from governance.types import Base, DecisionType, Outcome
from tests.governance.test_tally import ORDINARY, papers

HALF, TWO_THIRDS = (1, 2), (2, 3)


def count(kind: DecisionType, votes: tuple[int, int, int], eligible: int) -> Outcome:
    return resolution(kind, papers(*votes), eligible=eligible, present=sum(votes))


def majority(found: Outcome) -> tuple[int, str, int, bool]:
    test = found.tests[2]
    return test.left, test.sign, test.right, test.holds


@pytest.mark.parametrize(
    ("threshold", "strict", "votes", "sides"),
    [
        (HALF, True, (5, 5, 0), (10, ">", 10, False)),
        (HALF, False, (5, 5, 0), (10, ">=", 10, True)),
        (HALF, True, (6, 5, 0), (12, ">", 11, True)),
        (HALF, False, (4, 5, 0), (8, ">=", 9, False)),
        (TWO_THIRDS, True, (6, 3, 0), (18, ">", 18, False)),
        (TWO_THIRDS, False, (6, 3, 0), (18, ">=", 18, True)),
        (TWO_THIRDS, True, (7, 3, 0), (21, ">", 20, True)),
        (TWO_THIRDS, False, (5, 3, 0), (15, ">=", 16, False)),
        ((1, 1), False, (9, 0, 0), (9, ">=", 9, True)),
        ((1, 1), False, (8, 1, 0), (8, ">=", 9, False)),
        ((3, 4), False, (3, 1, 0), (12, ">=", 12, True)),
    ],
)
def test_a_threshold_met_exactly_passes_only_when_it_says_at_least(
    threshold: tuple[int, int], strict: bool, votes: tuple[int, int, int],
    sides: tuple[int, str, int, bool],
) -> None:  # fmt: skip
    kind = replace(ORDINARY, threshold=threshold, strict=strict)
    found = count(kind, votes, sum(votes))
    assert majority(found) == sides
    assert found.passed is sides[3]


@pytest.mark.parametrize(
    ("quorum", "present", "eligible", "sides"),
    [
        ((1, 3), 5, 15, (15, 15, True)),
        ((1, 3), 5, 16, (15, 16, False)),
        ((1, 2), 6, 12, (12, 12, True)),
        ((1, 2), 6, 13, (12, 13, False)),
        ((1, 10), 1, 10, (10, 10, True)),
        ((1, 10), 1, 11, (10, 11, False)),
        ((1, 1), 7, 7, (7, 7, True)),
        ((1, 1), 6, 7, (6, 7, False)),
        ((0, 1), 1, 90, (1, 0, True)),
    ],
)
def test_a_quorum_met_exactly_is_a_quorum(
    quorum: tuple[int, int], present: int, eligible: int, sides: tuple[int, int, bool]
) -> None:
    found = count(replace(ORDINARY, quorum=quorum), (present, 0, 0), eligible)
    test = found.tests[0]
    assert (test.left, test.right, test.holds) == sides
    assert (found.quorate, found.passed) == (sides[2], sides[2])


def test_who_abstains_takes_part_and_counts_for_the_quorum() -> None:
    assert count(ORDINARY, (1, 0, 4), 15).quorate  # five of fifteen came
    assert not count(ORDINARY, (1, 0, 3), 15).quorate


#: Six yes, four no, two abstain; fourteen on the roll. More than half of what?
@pytest.mark.parametrize(
    ("base", "abstention", "sides"),
    [
        (Base.YES_NO, "aside", (12, ">", 10, True)),  # of 6 + 4
        (Base.YES_NO, "against", (12, ">", 12, False)),  # of 6 + 4 + 2
        (Base.CAST, "aside", (12, ">", 12, False)),  # of the 12 cast
        (Base.CAST, "against", (12, ">", 12, False)),
        (Base.PRESENT, "aside", (12, ">", 12, False)),  # of the 12 who took part
        (Base.MEMBERS, "aside", (12, ">", 14, False)),  # of the 14 on the roll
        (Base.MEMBERS, "against", (12, ">", 14, False)),
    ],
)
def test_an_abstention_in_each_base(
    base: Base, abstention: str, sides: tuple[int, str, int, bool]
) -> None:
    kind = replace(ORDINARY, base=base, abstention=abstention)
    assert majority(count(kind, (6, 4, 2), 14)) == sides


def test_one_more_yes_tips_each_base() -> None:
    for base, votes, eligible in (
        (Base.YES_NO, (5, 4, 9), 18), (Base.CAST, (7, 4, 2), 13),
        (Base.PRESENT, (7, 4, 2), 13), (Base.MEMBERS, (8, 0, 0), 15),
    ):  # fmt: skip
        kind = replace(ORDINARY, base=base)
        yes, no, abstain = votes
        assert count(kind, votes, eligible).passed, base
        assert not count(kind, (yes - 1, no, abstain), eligible).passed, base


def test_nobody_or_nobody_for_it_passes_nothing() -> None:
    none_needed = replace(ORDINARY, quorum=(0, 1), threshold=(0, 1), strict=False)
    assert not count(none_needed, (0, 0, 0), 0).passed
    assert not count(none_needed, (0, 0, 3), 9).passed
    assert count(none_needed, (1, 0, 0), 9).passed


def test_a_rule_with_a_legal_floor_is_never_read_below_it() -> None:
    """Who declares a floor says also what holds when the law passes it; else a caller forgets."""
    plain: PolicyKey[int] = PolicyKey("x", "x", int, lambda c, d: 1, str)
    #: What a card costs is checked for its currency; no law says how much it may be.
    floored = [k for k in keys() if k.floor is not plain.floor and k.name != "card_cost"]
    assert {key.name for key in floored} == {
        "decision_types", "living_wage_floor", "minimum_visit", "surplus_steps",
    }  # fmt: skip
    assert [key.name for key in floored if key.at_least is plain.at_least] == []


def test_a_way_to_decide_below_the_law_is_read_as_the_law() -> None:
    day = date(2026, 3, 2)
    kinds = DECISION_TYPES.parse(DECISION_TYPES.founding("ZA", day))
    low = {
        "special": replace(kinds["special"], threshold=(3, 5)),
        "ordinary": replace(kinds["ordinary"], threshold=(1, 3)),
    }
    read = DECISION_TYPES.at_least(low, "ZA", day)
    assert (read["special"].threshold, read["ordinary"].threshold) == (TWO_THIRDS, HALF)
    assert DECISION_TYPES.at_least(kinds, "ZA", day) == kinds
