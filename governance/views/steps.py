"""What may be done next with a proposal, and by whom: courtesy; the operation decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from coop.members.types import MemberRef
from governance.types import BallotState, BallotView, Outcome, ProposalState, ProposalView


@dataclass(frozen=True, slots=True)
class Step:
    """A button: what it does and what it says."""

    do: str
    label: str


@dataclass(frozen=True, slots=True)
class Tested:
    """One test of an outcome in words, with both its sides."""

    label: str
    left: str
    sign: str
    right: str
    holds: bool


def next_step(ref: MemberRef, view: ProposalView, now: datetime) -> Step | None:
    """The one step that this person can take now."""
    state, ballot = view.card.state, view.ballots[-1] if view.ballots else None
    leads = view.mine or ref.has("board")
    committee = ref.has("election_committee")
    if state == ProposalState.DRAFT and leads:
        return Step("discuss", _("Open the discussion"))
    if state == ProposalState.DISCUSSION and (leads or committee):
        if view.discussed_until and now >= view.discussed_until:
            return Step("notice", _("Give notice of the vote"))
        return None
    if ballot is None:
        return None
    if ballot.state == BallotState.SET_UP and committee and now >= ballot.opens_at:
        return Step("open", _("Open the ballot"))
    if ballot.state == BallotState.OPEN and committee and now >= ballot.closes_at:
        return Step("close", _("Close and count"))
    if ballot.state == BallotState.COUNTED and not view.mine and (committee or ref.has("board")):
        return Step("certify", _("Certify the count"))
    return None


def may_withdraw(view: ProposalView) -> bool:
    """Its author may take it back until the vote begins."""
    return view.mine and view.card.state in (
        ProposalState.DRAFT,
        ProposalState.DISCUSSION,
        ProposalState.NOTICED,
    )


def quorum_of(view: ProposalView, ballot: BallotView) -> int:
    """How many members must take part, rounded up."""
    kind = view.decision_type
    n, d = kind.quorum
    if ballot.call > 1 and kind.second_call:
        n, d = kind.second_call.quorum
    return -(-ballot.turnout.of * n // d)


def tested(view: ProposalView, ballot: BallotView, outcome: Outcome) -> list[Tested]:
    """Each test with both its sides, so that anybody can do the sum again."""
    kind = view.decision_type
    quorum = kind.quorum
    if ballot.call > 1 and kind.second_call:
        quorum = kind.second_call.quorum
    labels = {
        "quorum": (_("Enough took part"), outcome.present, outcome.eligible, quorum),
        "majority": (_("Enough said yes"), outcome.yes, 0, kind.threshold),
    }
    lines = []
    for test in outcome.tests:
        if test.name not in labels:
            lines.append(Tested(_("Somebody said yes"), str(test.left), test.sign, "0", test.holds))
            continue
        label, part, whole, (n, d) = labels[test.name]
        whole = whole or (test.right // n if n else 0)
        left, right = f"{part} × {d} = {test.left}", f"{whole} × {n} = {test.right}"
        lines.append(Tested(label, left, "≥" if test.sign == ">=" else ">", right, test.holds))
    return lines
