"""The register: members, applications and offices, for the board."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kernel import RuleBroken
from coop.members import operations, queries
from coop.members.access import needs, ref_of, today_of
from coop.members.forms.people import OFFICES, AppointForm
from coop.members.types import MembershipState, OfficeName

_OPEN = {MembershipState.APPLICANT, MembershipState.TRIAL}
#: Who holds no office: not let in yet, or gone.
_OUTSIDE = {MembershipState.APPLICANT, MembershipState.LEFT}


@require_safe
@needs("board", "coordinator")
def people(request: HttpRequest) -> HttpResponseBase:
    """Who belongs here, who asks to, and who holds an office."""
    ref = ref_of(request)
    everybody = queries.members(cooperative_id=ref.cooperative_id)
    offices = queries.offices(cooperative_id=ref.cooperative_id, on=today_of(ref))
    context = {
        "applications": [m for m in everybody if m.state in _OPEN],
        "members": [m for m in everybody if m.state not in _OPEN],
        "offices": [(OFFICES[o.name], o) for o in offices],
        "is_board": ref.has("board"),
    }
    return render(request, "members/people.html", context)


@require_POST
@needs("board")
def admit(request: HttpRequest, membership_id: UUID) -> HttpResponseBase:
    """Make an applicant a member."""
    ref = ref_of(request)
    operations.admit(by=ref, at=timezone.now(), membership_id=membership_id, on=today_of(ref))
    messages.success(request, _("She is a member now, with one vote."))
    return redirect("members:people")


@needs("board")
def appoint(request: HttpRequest) -> HttpResponseBase:
    """Enter an office for a term."""
    ref = ref_of(request)
    people = [
        (m.person_id, m.name)
        for m in queries.members(cooperative_id=ref.cooperative_id)
        if m.state not in _OUTSIDE
    ]
    form = AppointForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            operations.appoint(
                by=ref, at=timezone.now(), person_id=UUID(said["person"]),
                office=OfficeName(said["office"]), from_on=said["from_on"],
                until_on=said["until_on"], source=said["source"],
            )  # fmt: skip
        except RuleBroken as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The office is in the register."))
            return redirect("members:people")
    status = 400 if form.errors else 200
    return render(request, "members/appoint.html", {"form": form}, status=status)
