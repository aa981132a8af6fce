"""The register: members, applications and offices."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.members import operations, queries
from coop.members.access import needs, ref_of, today_of
from coop.members.forms.people import OFFICES
from coop.members.types import MembershipState

_OPEN = {MembershipState.APPLICANT, MembershipState.TRIAL}


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
        "asked": [
            (OFFICES[m.name], m)
            for m in queries.office_motions(ref, at=timezone.now(), on=today_of(ref))
        ],
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
