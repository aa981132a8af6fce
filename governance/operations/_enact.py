from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import RuleBroken, saying, why_not
from coop.members.types import MemberRef
from governance.events import DecisionCertified, PolicyChanged
from governance.models import Decision, PolicyVersion
from governance.operations._hold import hold_charter
from governance.registry import key_of
from governance.rules.terms import motion_of
from governance.types import NewChange


def enact(
    *, by: MemberRef, at: datetime, decision: Decision, cooling_off_days: int
) -> RuleBroken | None:
    """Make a passed decision hold: its rules get their versions, its act is announced.

    Returns why not when the law has risen above it meanwhile: then no rule of it is written.
    """
    hold_charter(by.cooperative_id)
    motion = motion_of(decision.motion)
    earliest = decision.certified_on + timedelta(days=cooling_off_days)
    dated = [
        (change, _free_day(by, change.key, max(change.effective_from, earliest)))
        for change in motion.changes
    ]
    undercuts = _undercuts(by, dated)
    if undercuts is not None:
        audit.record(
            by=by, at=at,
            sentence=saying("put nothing in force: %(why)s", why=why_not(undercuts)),
            about=("decision", decision.id), facts={"code": undercuts.code},
        )  # fmt: skip
        return undercuts
    for change, day in dated:
        _write(by, at, decision, change, day)
    publish(
        DecisionCertified(
            by.cooperative_id, decision.id, decision.proposal_id, motion.act, at,
            dict(motion.payload),
        )
    )  # fmt: skip
    return None


def _free_day(by: MemberRef, key: str, day: date) -> date:
    """Certified later than it was meant to hold, a rule begins on the first day that is free."""
    taken = set(
        PolicyVersion.objects.filter(
            cooperative_id=by.cooperative_id, key=key, effective_from__gte=day
        ).values_list("effective_from", flat=True)
    )
    while day in taken:
        day += timedelta(days=1)
    return day


def _undercuts(by: MemberRef, dated: Sequence[tuple[NewChange, date]]) -> RuleBroken | None:
    """The law of each rule's first day is asked again: it may have risen since it was written."""
    for change, day in dated:
        key = key_of(change.key)
        try:
            key.floor(key.parse(change.terms), by.country, day)
        except RuleBroken as refused:
            return refused
    return None


def _write(by: MemberRef, at: datetime, decision: Decision, change: NewChange, day: date) -> None:
    row = PolicyVersion.objects.create(
        cooperative_id=by.cooperative_id, key=change.key, terms=change.terms, effective_from=day,
        decision=decision, written_at=at,
    )  # fmt: skip
    audit.record(
        by=by,
        at=at,
        sentence=saying("put %(key)s in force from %(day)s", key=change.key, day=day),
        about=("policy", row.id),
    )
    publish(PolicyChanged(by.cooperative_id, change.key, row.id, day, decision.id, at))
