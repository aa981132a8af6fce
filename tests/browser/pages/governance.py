"""Deciding."""

from __future__ import annotations

from datetime import date, timedelta

from bookings.policies import LIVING_WAGE_FLOOR
from governance import operations, queries
from tests.browser.pages.row import Row, one
from tests.browser.stage import Stage
from tests.factories.governance import bring_to_vote, pass_policy, propose_change

ROWS = [
    Row("governance:decide", "member"),
    Row("governance:decide", "board"),
    Row("governance:proposal", "member", args=one("proposal_id", "voting")),
    Row("governance:proposal", "worker", args=one("proposal_id", "passed")),
    Row("governance:proposal", "board", args=one("proposal_id", "draft")),
    Row("governance:amend", "board", args=one("proposal_id", "draft")),
    Row("governance:rules", "member"),
    Row("governance:rule", "member", args=lambda stage: {"key": "living_wage_floor"}),
    Row("governance:propose", "member", args=lambda stage: {"key": "living_wage_floor"}),
    Row("governance:propose", "member", args=lambda stage: {"key": "surplus_steps"}),
]
ACTS = {"governance:vote", "governance:comment", "governance:step"}


def wage(amount: str) -> dict[str, object]:
    return {"currency": "ZAR", "default": amount, "services": {}}


def furnish(stage: Stage) -> None:
    """A vote that made the rule of May; one that runs now, half its members heard; a draft."""
    town, floor = stage.town, "living_wage_floor"
    pass_policy(town, floor, wage("48.00"), date(2026, 5, 1), town.at)
    opens = stage.now - timedelta(days=15)
    later = stage.now.date() + timedelta(days=60)
    voting = propose_change(town, floor, wage("52.00"), later, opens)
    ballot = bring_to_vote(town, voting, opens)
    for office in ("board", "board_b", "treasurer"):
        operations.cast_vote(
            by=town.officer(office), at=ballot.opens_at, proposal_id=voting, choice="yes"
        )
    operations.comment(
        by=town.officer("treasurer"), at=stage.now, proposal_id=voting, stance="for",
        text="Bread and taxis cost more than a year ago.",
    )  # fmt: skip
    draft = propose_change(town, "cooperative_share", {"percent": "14"}, later, stage.now)
    history = queries.history(LIVING_WAGE_FLOOR, cooperative_id=town.id)
    [passed] = [step.proposal_id for step in history if step.proposal_id]
    stage.ids |= {"voting": voting, "draft": draft, "passed": passed}
