from __future__ import annotations

from datetime import date, datetime, timedelta

from coop.audit import operations as audit
from coop.events import publish
from coop.members.types import MemberRef
from governance.events import DecisionCertified, PolicyChanged
from governance.models import Decision, PolicyVersion
from governance.operations._hold import hold_charter
from governance.rules.terms import motion_of
from governance.types import NewChange


def enact(*, by: MemberRef, at: datetime, decision: Decision, cooling_off_days: int) -> None:
    """Make a passed decision hold: its rules get their versions, its act is announced."""
    hold_charter(by.cooperative_id)
    motion = motion_of(decision.motion)
    earliest = decision.certified_on + timedelta(days=cooling_off_days)
    for change in motion.changes:
        _write(by, at, decision, change, max(change.effective_from, earliest))
    publish(
        DecisionCertified(
            by.cooperative_id, decision.id, decision.proposal_id, motion.act, at,
            dict(motion.payload),
        )
    )  # fmt: skip


def _write(by: MemberRef, at: datetime, decision: Decision, change: NewChange, day: date) -> None:
    """Certified later than it was meant to hold, a rule begins on the first day that is free."""
    taken = set(
        PolicyVersion.objects.filter(
            cooperative_id=by.cooperative_id, key=change.key, effective_from__gte=day
        ).values_list("effective_from", flat=True)
    )
    while day in taken:
        day += timedelta(days=1)
    row = PolicyVersion.objects.create(
        cooperative_id=by.cooperative_id, key=change.key, terms=change.terms, effective_from=day,
        decision=decision, written_at=at,
    )  # fmt: skip
    audit.record(
        by=by, at=at, sentence=f"put {change.key} in force from {day}", about=("policy", row.id)
    )
    publish(PolicyChanged(by.cooperative_id, change.key, row.id, day, decision.id, at))
