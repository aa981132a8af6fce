"""What needs her vote, one proposal, and the steps of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kernel import BadInput
from coop.members.access import needs, ref_of
from coop.members.types import MemberRef, OfficeName
from governance import operations, queries
from governance.forms import CommentForm, VoteForm
from governance.rules.days import day_of
from governance.types import ProposalState as State
from governance.types import ProposalView
from governance.views.steps import may_withdraw, next_step, quorum_of, tested

#: Who decides or watches over deciding.
READERS = ("member", *(office.value for office in OfficeName))
_STEPS = {
    "discuss": operations.start_discussion,
    "notice": operations.give_notice,
    "open": operations.open_ballot,
    "close": operations.close_ballot,
    "certify": operations.certify,
}


@require_safe
@needs(*READERS)
def decide(request: HttpRequest) -> HttpResponse:
    """What waits for her vote, what is discussed, what was decided."""
    ref = ref_of(request)
    cards, now = queries.proposals(ref), timezone.now()
    box = [c for c in cards if c.state == State.VOTING]
    voting = [c for c in box if c.closes_at and c.closes_at > now]
    waiting = [c for c in voting if c.may_vote and not c.my_choice]
    context = {
        "waiting": waiting, "voting": [c for c in voting if c not in waiting],
        "counting": [c for c in box if c not in voting], "now": now, "zone": ref.zone,
        "coming": [c for c in cards if c.state == State.NOTICED],
        "discussed": [c for c in cards if c.state == State.DISCUSSION],
        "drafts": [c for c in cards if c.state == State.DRAFT],
        "over": [c for c in cards if c.state in (State.PASSED, State.FAILED, State.WITHDRAWN)],
    }  # fmt: skip
    return render(request, "governance/decide.html", context)


@require_safe
@needs(*READERS)
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """What changes, before and after, the arguments, and the vote or its outcome."""
    return _page(request, proposal_id)


def _page(
    request: HttpRequest,
    proposal_id: UUID,
    vote_form: VoteForm | None = None,
    comment_form: CommentForm | None = None,
) -> HttpResponse:
    ref, now = ref_of(request), timezone.now()
    view = queries.proposal(ref, proposal_id=proposal_id, on=day_of(now, ref.zone))
    wrong = bool((vote_form and vote_form.errors) or (comment_form and comment_form.errors))
    context = _context(ref, view, now) | {
        "vote_form": vote_form or VoteForm(),
        "comment_form": comment_form or CommentForm(),
    }
    return render(request, "governance/proposal.html", context, status=400 if wrong else 200)


def _context(ref: MemberRef, view: ProposalView, now: datetime) -> dict[str, Any]:
    ballot = view.ballots[-1] if view.ballots else None
    outcome = ballot.outcome if ballot else None
    return {
        "view": view, "card": view.card, "kind": view.decision_type, "ballot": ballot,
        "outcome": outcome, "now": now, "zone": ref.zone, "step": next_step(ref, view, now),
        "tests": tested(view, ballot, outcome) if ballot and outcome else [],
        "quorum": quorum_of(view, ballot) if ballot else 0, "may_withdraw": may_withdraw(view),
        "may_amend": view.mine and view.card.state in (State.DRAFT, State.DISCUSSION)
        and len(view.changes) == 1,
        "may_comment": bool(ref.membership_id)
        and view.card.state in (State.DISCUSSION, State.NOTICED, State.VOTING),
    }  # fmt: skip


@require_POST
@needs(*READERS)
def vote(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Put her vote in the box."""
    form = VoteForm(request.POST)
    if not form.is_valid():
        return _page(request, proposal_id, vote_form=form)
    operations.cast_vote(
        by=ref_of(request), at=timezone.now(), proposal_id=proposal_id,
        choice=form.cleaned_data["choice"],
    )  # fmt: skip
    messages.success(request, _("Your vote is in the box. Thank you."))
    return redirect("governance:proposal", proposal_id)


@require_POST
@needs(*READERS)
def comment(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Say something about it."""
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, proposal_id, comment_form=form)
    said = form.cleaned_data
    operations.comment(
        by=ref_of(request), at=timezone.now(), proposal_id=proposal_id, text=said["text"],
        stance=said["stance"],
    )  # fmt: skip
    return redirect("governance:proposal", proposal_id)


@require_POST
@needs(*READERS)
def step(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Take the next step with it, or take it back."""
    ref, now, do = ref_of(request), timezone.now(), request.POST.get("do", "")
    if do == "withdraw":
        reason = request.POST.get("reason", "")
        operations.withdraw(by=ref, at=now, proposal_id=proposal_id, reason=reason)
    elif do in _STEPS:
        _STEPS[do](by=ref, at=now, proposal_id=proposal_id)
    else:
        raise BadInput("step_unknown", _("There is no such step."))
    messages.success(request, _("Done. The members will see it."))
    return redirect("governance:proposal", proposal_id)
