"""Her own profile, consents and tokens."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kernel import BadInput, RuleBroken
from coop.members import operations, queries
from coop.members.access import ref_of, signed_in, today_of
from coop.members.forms.people import OFFICES, PURPOSES, ProfileForm, WorkerProfileForm
from coop.members.types import MemberRef


@signed_in
def profile(request: HttpRequest) -> HttpResponseBase:
    """What she says of herself."""
    ref = ref_of(request)
    kind = WorkerProfileForm if ref.worker_id else ProfileForm
    form = kind(request.POST or None, initial=_initial(ref))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        hours = said.get("hours")
        try:
            operations.change_profile(
                by=ref, at=timezone.now(), name=said["name"], language=said["language"],
                email=said["email"], travels_km=said.get("travels_km"),
                wanted_minutes_per_week=None if hours is None else hours * 60,
            )  # fmt: skip
        except RuleBroken as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("members:profile")
    return render(request, "members/profile.html", _context(ref, form), status=_status(form))


def _status(form: ProfileForm) -> int:
    return 400 if form.errors else 200


def _initial(ref: MemberRef) -> dict[str, Any]:
    own = queries.profile(ref)
    wanted = own.wanted_minutes_per_week
    return {
        "name": own.name, "language": own.language, "email": own.email,
        "hours": None if wanted is None else wanted // 60, "travels_km": own.travels_km,
    }  # fmt: skip


def _context(ref: MemberRef, form: ProfileForm) -> dict[str, Any]:
    given = queries.consents(ref)
    return {
        "form": form,
        "phone": queries.profile(ref).phone,
        "purposes": [(code, words, given.get(code, False)) for code, words in PURPOSES.items()],
        "offices": [(OFFICES[o.name], o) for o in queries.own_offices(ref, on=today_of(ref))],
        "places": queries.cooperatives_of(ref.person_id) if ref.person_id else [],
    }


@require_POST
@signed_in
def consent(request: HttpRequest) -> HttpResponseBase:
    """She says yes to a purpose, or takes it back."""
    purpose = request.POST.get("purpose", "")
    if purpose not in PURPOSES:
        raise BadInput("purpose_unknown", _("We do not ask for that."))
    operations.consent(
        by=ref_of(request), at=timezone.now(), purpose=purpose,
        given=request.POST.get("given") == "yes", wording=str(PURPOSES[purpose]),
    )  # fmt: skip
    messages.success(request, _("Saved."))
    return redirect("members:profile")


@require_safe
@signed_in
def tokens(request: HttpRequest) -> HttpResponseBase:
    """The programs that may act for her."""
    return render(request, "members/tokens.html", {"tokens": queries.tokens(ref_of(request))})


@require_POST
@signed_in
def make_token(request: HttpRequest) -> HttpResponseBase:
    """A token, shown on this page only."""
    ref = ref_of(request)
    made = operations.issue_token(by=ref, at=timezone.now(), name=request.POST.get("name", ""))
    context = {"tokens": queries.tokens(ref), "text": made.text}
    answer = render(request, "members/tokens.html", context, status=201)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@signed_in
def end_token(request: HttpRequest, token_id: UUID) -> HttpResponseBase:
    """End a program's access."""
    operations.revoke_token(by=ref_of(request), at=timezone.now(), token_id=token_id)
    messages.success(request, _("The token opens nothing any more."))
    return redirect("members:tokens")
