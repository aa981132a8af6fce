"""Reading proposals, their ballots and their outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext as _

from coop.kernel import NotFound, RuleBroken, again
from coop.members.types import MemberRef
from governance.models import Ballot, BallotRoll, Comment, Decision, Proposal, Vote
from governance.policies import DECISION_TYPES
from governance.queries.counting import outcome_of
from governance.queries.policies import policy_in_force
from governance.queries.standing import visible_to
from governance.registry import act_of, key_of
from governance.rules.days import day_of, days_later
from governance.rules.terms import decision_type, motion_of
from governance.types import (
    BallotState,
    BallotView,
    ChangeView,
    CommentView,
    DecisionType,
    NewChange,
    ProposalCard,
    ProposalState,
    ProposalView,
    Turnout,
)

_OVER = {BallotState.COUNTED, BallotState.CERTIFIED}


def proposals(ref: MemberRef, *, states: Sequence[ProposalState] = ()) -> list[ProposalCard]:
    """Proposals she may see, newest first; three queries however many there are."""
    rows = visible_to(ref).select_related("proposed_by").order_by("-number")
    if states:
        rows = rows.filter(state__in=[state.value for state in states])
    return _cards(ref, list(rows))


def waiting_for(ref: MemberRef) -> list[ProposalCard]:
    """What needs her vote now."""
    cards = proposals(ref, states=[ProposalState.VOTING])
    return [card for card in cards if card.may_vote and not card.my_choice]


def _cards(ref: MemberRef, rows: list[Proposal]) -> list[ProposalCard]:
    votes = Vote.objects.filter(ballot=OuterRef("pk")).order_by()
    mine = BallotRoll.objects.filter(ballot=OuterRef("pk"), person_id=ref.person_id)
    ballots = {
        ballot.proposal_id: ballot
        for ballot in Ballot.objects.filter(proposal__in=rows)
        .annotate(
            cast=Subquery(votes.values("ballot").annotate(n=Count("pk")).values("n")),
            my_membership=Subquery(mine.values("membership_id")[:1]),
            my_choice=Subquery(
                votes.filter(
                    membership_id__in=BallotRoll.objects.filter(
                        ballot=OuterRef("ballot"), person_id=ref.person_id
                    ).values("membership_id")
                ).values("choice")[:1]
            ),
        )
        .order_by("call")
    }
    return [_card(row, ballots.get(row.id)) for row in rows]


def _card(row: Proposal, ballot: Any) -> ProposalCard:
    shown = ballot is not None and ballot.state != BallotState.SET_UP
    return ProposalCard(
        id=row.id, number=row.number, state=ProposalState(row.state), title=row.title,
        says=_says(row), proposed_by=row.proposed_by.name if row.proposed_by else "Letsema",
        proposed_at=row.proposed_at, decision_kind=row.decision_kind,
        opens_at=ballot.opens_at if ballot else None,
        closes_at=ballot.closes_at if ballot else None,
        turnout=Turnout(ballot.cast or 0, ballot.roll_size) if shown else None,
        may_vote=bool(
            ballot and ballot.state == BallotState.OPEN and ballot.my_membership is not None
        ),
        my_choice=(ballot.my_choice or "") if ballot else "", ended_at=row.ended_at,
        counted=bool(ballot and ballot.state in _OVER),
    )  # fmt: skip


def _says(row: Proposal) -> str:
    """What it would do, in the words of the app that asked."""
    motion = motion_of(row.motion)
    try:
        if motion.act:
            return act_of(motion.act).describe(motion.payload)
        return " ".join(
            key_of(change.key).describe(key_of(change.key).parse(change.terms))
            for change in motion.changes
        )
    except RuleBroken:
        return row.title  # an app that asked is no longer installed; the record stays readable


def proposal(ref: MemberRef, *, proposal_id: UUID, on: date) -> ProposalView:
    """One proposal as she may see it. Raises NotFound `proposal_unknown`."""
    row = visible_to(ref).select_related("proposed_by").filter(id=proposal_id).first()
    if row is None:
        raise NotFound("proposal_unknown", _("There is no such proposal."))
    motion = motion_of(row.motion)
    kind = _kind(row, on)
    decision = Decision.objects.select_related("certified_by").filter(proposal=row).first()
    return ProposalView(
        card=_cards(ref, [row])[0], reason=row.reason,
        changes=tuple(_change(ref, row, change) for change in motion.changes),
        act=act_of(motion.act).title if motion.act else "", motion=row.motion,
        decision_type=kind,
        discussed_until=days_later(row.discussed_from, kind.discussion_days, ref.zone)
        if row.discussed_from
        else None,
        text_sha256=row.text_sha256, comments=_comments(row), ballots=_ballots(ref, row),
        decision_id=decision.id if decision else None,
        certified_at=decision.certified_at if decision else None,
        certified_by=decision.certified_by.name if decision and decision.certified_by else "",
        end_reason=str(again(row.end_reason, row.end_facts)),
        mine=row.proposed_by_id == ref.person_id,
    )  # fmt: skip


def _kind(row: Proposal, on: date) -> DecisionType:
    if row.decision_terms:
        return decision_type(row.decision_kind, row.decision_terms)
    rule = policy_in_force(DECISION_TYPES, cooperative_id=row.cooperative_id, on=on)
    return rule.value.get(row.decision_kind) or rule.value["special"]


def _change(ref: MemberRef, row: Proposal, change: NewChange) -> ChangeView:
    """Before is what held when the vote was certified, or what holds on the last day before."""
    key = key_of(change.key)
    last = change.effective_from
    if row.state == ProposalState.PASSED and row.ended_at is not None:
        last = min(last, day_of(row.ended_at, ref.zone))
    before = policy_in_force(key, cooperative_id=row.cooperative_id, on=last)
    if before.decision_id and Decision.objects.filter(id=before.decision_id, proposal=row).exists():
        earlier = date.fromordinal(before.effective_from.toordinal() - 1)
        before = policy_in_force(key, cooperative_id=row.cooperative_id, on=earlier)
    after = key.parse(change.terms)
    rows = tuple(key.preview(before.value, after, ref)) if key.preview else ()
    return ChangeView(
        key.name, _(key.title), key.describe(before.value), key.describe(after),
        change.effective_from, rows,
    )  # fmt: skip


def _comments(row: Proposal) -> tuple[CommentView, ...]:
    said = Comment.objects.filter(proposal=row).order_by("at", "id")
    return tuple(
        CommentView(*line) for line in said.values_list("person__name", "stance", "text", "at")
    )


def _ballots(ref: MemberRef, row: Proposal) -> tuple[BallotView, ...]:
    return tuple(_ballot(ref, ballot) for ballot in row.ballots.order_by("call"))


def _ballot(ref: MemberRef, ballot: Ballot) -> BallotView:
    """Who voted what is empty until the box is counted: no interim results, for nobody."""
    over = ballot.state in _OVER
    on_roll = BallotRoll.objects.filter(ballot=ballot)
    mine = on_roll.filter(person_id=ref.person_id).values_list("membership_id", flat=True).first()
    votes = dict(Vote.objects.filter(ballot=ballot).values_list("membership_id", "choice"))
    names: tuple[tuple[str, str], ...] = ()
    if over and ref.membership_id:
        people = on_roll.order_by("number").values_list("person__name", "membership_id")
        names = tuple((name, votes[member]) for name, member in people if member in votes)
    return BallotView(
        id=ballot.id, call=ballot.call, state=BallotState(ballot.state),
        opens_at=ballot.opens_at, closes_at=ballot.closes_at,
        turnout=Turnout(len(votes), ballot.roll_size), roll_sha256=ballot.roll_sha256,
        on_roll=mine is not None, my_choice=votes.get(mine, "") if mine else "",
        outcome=outcome_of(ballot.outcome) if over and ballot.outcome else None, names=names,
    )  # fmt: skip


def open_ballot_number(*, person_id: UUID, number: int) -> list[tuple[UUID, UUID]]:
    """(cooperative, proposal) of the open ballots of that number with her on the roll: for SMS."""
    rows = BallotRoll.objects.filter(
        person_id=person_id, ballot__state=BallotState.OPEN, ballot__proposal__number=number
    )
    return list(rows.values_list("cooperative_id", "ballot__proposal_id"))


def decided_terms(*, cooperative_id: UUID, decision_id: UUID) -> dict[str, Any]:
    """The motion of a passed decision, for the app that carries it out. Raises NotFound."""
    row = Decision.objects.filter(
        id=decision_id, cooperative_id=cooperative_id, passed=True
    ).first()
    if row is None:
        raise NotFound("decision_unknown", _("There is no such decision."))
    return dict(row.motion)
