"""The rules in force, how each came to hold, and proposing to change one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coop.kernel import BadInput, NotFound, RuleBroken
from coop.members.access import needs, ref_of, stands
from coop.members.types import MemberRef
from governance import operations, queries
from governance.forms import ChangeForm
from governance.registry import PolicyKey, key_of
from governance.rules.days import day_of
from governance.rules.terms import motion_of
from governance.types import NewChange, NewMotion
from governance.views.decide import READERS

#: A price and an offer point at rules: whoever pays or works here reads them too.
RULE_READERS = (*READERS, "household", "worker")


@require_safe
@needs(*RULE_READERS)
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule as it holds today."""
    ref = ref_of(request)
    on = day_of(timezone.now(), ref.zone)
    cards = queries.rules_in_force(cooperative_id=ref.cooperative_id, on=on)
    return render(
        request, "governance/rules.html", {"rules": cards, "may_decide": stands(ref, *READERS)}
    )


@require_safe
@needs(*RULE_READERS)
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule: every version of it with the vote it comes from."""
    ref, found = ref_of(request), _key(key)
    steps = queries.history(found, cooperative_id=ref.cooperative_id)
    context = {
        "rule": found, "steps": steps, "may_propose": may_propose(ref),
        "today": day_of(timezone.now(), ref.zone), "may_decide": stands(ref, *READERS),
    }  # fmt: skip
    return render(request, "governance/rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("member", "board")
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Propose to change one rule; what the law forbids is said at once."""
    ref, found, now = ref_of(request), _key(key), timezone.now()
    rule_now = queries.policy_in_force(
        found, cooperative_id=ref.cooperative_id, on=day_of(now, ref.zone)
    )
    form = _form(request, rule_now.terms, {})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = operations.propose(
                by=ref, at=now, title=said["title"], reason=said["reason"],
                motion=_motion(form, found),
            )  # fmt: skip
        except RuleBroken as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Your draft is kept. Open its discussion when ready."))
            return redirect("governance:proposal", made)
    return _page(request, form, found, found.describe(rule_now.value))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("member", "board")
def amend(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Rewrite one's own proposal before notice is given."""
    ref, now = ref_of(request), timezone.now()
    view = queries.proposal(ref, proposal_id=proposal_id, on=day_of(now, ref.zone))
    changes = motion_of(dict(view.motion)).changes
    if not view.mine or len(changes) != 1:
        raise NotFound("page_unknown", _("There is no such page."))
    [change] = changes
    initial = {
        "title": view.card.title, "reason": view.reason, "effective_from": change.effective_from,
    }  # fmt: skip
    form, found = _form(request, change.terms, initial), _key(change.key)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            operations.amend_draft(
                by=ref, at=now, proposal_id=proposal_id, title=said["title"],
                reason=said["reason"], motion=_motion(form, found),
            )  # fmt: skip
        except RuleBroken as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("governance:proposal", proposal_id)
    return _page(request, form, found, view.changes[0].before, view=view)


def _form(request: HttpRequest, terms: Any, initial: dict[str, Any]) -> ChangeForm:
    as_text = "text" in request.GET or "terms_text" in request.POST
    data = request.POST if request.method == "POST" else None
    return ChangeForm(data, terms=terms, as_text=as_text, initial=initial)


def _motion(form: ChangeForm, key: PolicyKey[Any]) -> NewMotion:
    day = form.cleaned_data["effective_from"]
    return NewMotion((NewChange(key.name, form.new_terms(), day),))


def _page(
    request: HttpRequest, form: ChangeForm, key: PolicyKey[Any], says: str, **more: Any
) -> HttpResponse:
    context = {"form": form, "rule": key, "says": says, **more}
    status = 400 if form.errors else 200
    return render(request, "governance/propose.html", context, status=status)


def _key(name: str) -> PolicyKey[Any]:
    try:
        return key_of(name)
    except BadInput as error:
        raise NotFound("page_unknown", _("There is no such page.")) from error


def may_propose(ref: MemberRef) -> bool:
    """Members with a vote propose, and the board."""
    return ref.can_vote or ref.has("board")
