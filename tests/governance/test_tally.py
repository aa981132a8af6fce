"""Counts a member can check by hand, and what every count must obey."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.kernel import BadInput, RuleBroken
from governance.policies import DECISION_TYPES
from governance.rules.terms import decision_type, exact
from governance.tally import resolution
from governance.types import Base, DecisionType

ORDINARY = DecisionType(
    name="ordinary", threshold=(1, 2), strict=True, base=Base.YES_NO, abstention="aside",
    quorum=(1, 3), discussion_days=7, notice_days=7, voting_days=3, cooling_off_days=0,
    propose="member",
)  # fmt: skip


def papers(yes: int, no: int, abstain: int) -> dict[str, str]:
    choices = ["yes"] * yes + ["no"] * no + ["abstain"] * abstain
    return {str(number): choice for number, choice in enumerate(choices)}


@pytest.mark.parametrize(
    ("votes", "eligible", "passed", "sides"),
    [
        ((3, 2, 0), 15, True, [(15, 15, True), (3, 0, True), (6, 5, True)]),
        ((2, 2, 1), 15, False, [(15, 15, True), (2, 0, True), (4, 4, False)]),
        ((5, 0, 0), 16, False, [(15, 16, False), (5, 0, True), (10, 5, True)]),
        ((0, 0, 5), 15, False, [(15, 15, True), (0, 0, False), (0, 0, False)]),
        ((1, 0, 9), 10, True, [(30, 10, True), (1, 0, True), (2, 1, True)]),
    ],
)
def test_each_test_shows_both_its_sides(
    votes: tuple[int, int, int], eligible: int, passed: bool, sides: list[tuple[int, int, bool]]
) -> None:
    found = resolution(ORDINARY, papers(*votes), eligible=eligible, present=sum(votes))
    assert found.passed is passed
    assert [(t.left, t.right, t.holds) for t in found.tests] == sides


@pytest.mark.parametrize(
    ("base", "abstention", "strict", "passed"),
    [
        (Base.YES_NO, "aside", False, True),  # 4 of 6
        (Base.YES_NO, "against", False, False),  # 4 of 8
        (Base.CAST, "aside", False, False),  # 4 of 8
        (Base.MEMBERS, "aside", False, False),  # 4 of 9
        (Base.YES_NO, "aside", True, False),  # exactly two thirds is not more than two thirds
    ],
)
def test_two_thirds_of_what(base: Base, abstention: str, strict: bool, passed: bool) -> None:
    kind = replace(ORDINARY, threshold=(2, 3), strict=strict, base=base, abstention=abstention)
    assert resolution(kind, papers(4, 2, 2), eligible=9, present=8).passed is passed


def test_the_input_is_named_by_its_hash() -> None:
    one = resolution(ORDINARY, {"a": "yes", "b": "no"}, eligible=2, present=2)
    same = resolution(ORDINARY, {"b": "no", "a": "yes"}, eligible=2, present=2)
    swapped = resolution(ORDINARY, {"a": "no", "b": "yes"}, eligible=2, present=2)
    assert one == same
    assert one.input_sha256 != swapped.input_sha256
    assert len(one.input_sha256) == 64


def test_more_votes_than_members_are_refused() -> None:
    with pytest.raises(BadInput, match="3 votes"):
        resolution(ORDINARY, papers(3, 0, 0), eligible=2, present=3)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_another_yes_never_turns_a_pass_into_a_failure(
    yes: int, no: int, abstain: int, absent: int
) -> None:
    eligible = yes + no + abstain + absent + 1
    before = resolution(
        ORDINARY, papers(yes, no, abstain), eligible=eligible, present=yes + no + abstain
    )
    after = resolution(
        ORDINARY, papers(yes + 1, no, abstain), eligible=eligible, present=yes + no + abstain + 1
    )
    assert before.yes + before.no + before.abstain == before.present
    assert after.passed or not before.passed
    assert before.passed == (3 * before.present >= eligible and yes > no)


@pytest.mark.parametrize("country", ["ZA", "CO"])
def test_founding_ways_to_decide_are_readable_and_lawful(country: str) -> None:
    from datetime import date

    day = date(2026, 3, 2)
    kinds = DECISION_TYPES.parse(DECISION_TYPES.founding(country, day))
    DECISION_TYPES.floor(kinds, country, day)
    assert kinds["special"].threshold == (2, 3)
    with pytest.raises(RuleBroken, match="two thirds by law"):
        DECISION_TYPES.floor(
            kinds | {"special": replace(kinds["special"], threshold=(3, 5))}, country, day
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"threshold": [3, 2]}, {"threshold": [1, 0]}, {"quorum": [0.5, 1]}, {"voting_days": 0},
        {"base": "friends"}, {"strict": 1}, {"abstention": "maybe"}, {"notice_days": -1},
    ],
)  # fmt: skip
def test_an_unreadable_way_to_decide_is_refused(wrong: dict[str, object]) -> None:
    from datetime import date

    terms = DECISION_TYPES.founding("ZA", date(2026, 3, 2))["ordinary"] | wrong
    with pytest.raises(BadInput):
        decision_type("ordinary", terms)


def test_a_machine_fraction_is_refused_in_terms() -> None:
    exact({"rate": "0.1", "steps": [1, 2]})
    with pytest.raises(BadInput, match="quotes"):
        exact({"steps": [{"rate": 0.1}]})
