"""Judging a motion when it is written: readable, lawful, in the future, and its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from coop.kernel import BadInput, RuleBroken
from coop.members.types import MemberRef
from governance.models import PolicyVersion, Proposal
from governance.policies import DECISION_TYPES
from governance.queries import policy_in_force
from governance.registry import act_of, key_of
from governance.rules.days import day_of
from governance.rules.terms import exact, motion_record
from governance.types import DecisionType, NewChange, NewMotion, ProposalState


def judge(by: MemberRef, at: datetime, motion: NewMotion) -> tuple[dict[str, Any], str]:
    """The motion as it is kept, and the decision type it takes.

    Raises BadInput when it cannot be read and RuleBroken `below_law` when the law forbids it.
    """
    if bool(motion.changes) == bool(motion.act):
        raise BadInput("motion_empty", _("A motion changes rules, or asks for one act."))
    if motion.act:
        act = act_of(motion.act)
        exact(dict(motion.payload))
        act.check(motion.payload, by.cooperative_id, day_of(at, by.zone))
        return motion_record(motion), act.decided_by
    if len({change.key for change in motion.changes}) < len(motion.changes):
        raise BadInput("motion_twice", _("A motion changes each rule once."))
    for change in motion.changes:
        _judge_change(by, day_of(at, by.zone), change)
    return motion_record(motion), _strictest([key_of(c.key).decided_by for c in motion.changes])


def _judge_change(by: MemberRef, today: date, change: NewChange) -> None:
    key = key_of(change.key)
    exact(change.terms)
    key.floor(key.parse(change.terms), by.country, change.effective_from)
    if change.effective_from < today:
        raise RuleBroken(
            "policy_not_backdated",
            _("A rule cannot reach back in time. Choose a day from today on."),
            effective_from=change.effective_from,
        )
    now = policy_in_force(key, cooperative_id=by.cooperative_id, on=change.effective_from)
    if now.terms == change.terms:
        raise RuleBroken("nothing_changes", _("These terms hold on that day already."))


def _strictest(kinds: Sequence[str]) -> str:
    """One motion, one vote: a change that takes a special decision makes the whole one special."""
    return next((kind for kind in kinds if kind != "ordinary"), "ordinary")


def type_in_force(by: MemberRef, at: datetime, name: str) -> tuple[DecisionType, dict[str, Any]]:
    """The decision type of that name on the day, parsed and as it was voted."""
    rule = policy_in_force(DECISION_TYPES, cooperative_id=by.cooperative_id, on=day_of(at, by.zone))
    if name not in rule.value:
        raise BadInput("decision_type_unknown", _("Nobody voted on how to decide this."), name=name)
    return rule.value[name], {"name": name, **rule.terms[name]}


def collides(proposal: Proposal, motion: NewMotion) -> None:
    """Refuse two decisions about one rule from one day: which would hold would be chance."""
    rivals = Proposal.objects.filter(
        cooperative_id=proposal.cooperative_id,
        state__in=[ProposalState.NOTICED, ProposalState.VOTING],
    ).exclude(id=proposal.id)
    taken = {
        (change["key"], change["effective_from"])
        for rival in rivals
        for change in rival.motion.get("changes", [])
    }
    for change in motion.changes:
        decided = PolicyVersion.objects.filter(
            cooperative_id=proposal.cooperative_id,
            key=change.key,
            effective_from=change.effective_from,
            founding=False,
        )
        if (change.key, change.effective_from.isoformat()) in taken or decided.exists():
            raise RuleBroken(
                "policy_day_taken",
                _("Another vote decides this rule from the same day. Choose another day."),
                key=change.key,
                effective_from=change.effective_from,
            )
