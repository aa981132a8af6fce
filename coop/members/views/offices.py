"""Offices: entered and ended, alone or by two keys; stepping down is everybody's own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from coop.kernel import RuleBroken
from coop.members import operations, queries
from coop.members.access import needs, ref_of, signed_in, today_of
from coop.members.forms.people import OFFICES, AppointForm
from coop.members.types import TRUSTED_OFFICES, MembershipState, OfficeName

#: Who holds no office: not let in yet, or gone.
_OUTSIDE = {MembershipState.APPLICANT, MembershipState.LEFT}
_WAITS = gettext_lazy("It waits for a second board member now.")


@require_safe
@signed_in
def office(request: HttpRequest, office_id: UUID) -> HttpResponseBase:
    """Before an office ends: whose, and what it takes."""
    ref = ref_of(request)
    card = queries.office(ref, office_id=office_id, on=today_of(ref))
    own = card.person_id == ref.person_id
    two = card.name in TRUSTED_OFFICES and not own
    held = queries.offices(cooperative_id=ref.cooperative_id, on=today_of(ref))
    board = {one.person_id for one in held if one.name == OfficeName.BOARD}
    context = {
        "office": card, "word": OFFICES[card.name], "own": own, "two_keys": two,
        "nobody_else": two and not board - {ref.person_id, card.person_id},
    }  # fmt: skip
    return render(request, "members/office.html", context)


@require_POST
@signed_in
def end(request: HttpRequest, office_id: UUID) -> HttpResponseBase:
    """She steps down, or the board ends an office: from today."""
    ref = ref_of(request)
    done = operations.end_office(by=ref, at=timezone.now(), office_id=office_id, on=today_of(ref))
    messages.success(request, _WAITS if done.waits else _("The office has ended."))
    held = queries.own_offices(ref, on=today_of(ref))
    on_the_board = any(card.name == OfficeName.BOARD for card in held)
    return redirect("members:people" if on_the_board else "members:profile")


@require_POST
@needs("board")
def agree(request: HttpRequest, motion_id: UUID) -> HttpResponseBase:
    """The second key to what another board member asked."""
    operations.second_motion(by=ref_of(request), at=timezone.now(), motion_id=motion_id)
    messages.success(request, _("Two of the board wanted it: it is in the register."))
    return redirect("members:people")


@require_POST
@needs("board")
def withdraw(request: HttpRequest, motion_id: UUID) -> HttpResponseBase:
    """Who asked takes it back."""
    operations.withdraw_motion(by=ref_of(request), at=timezone.now(), motion_id=motion_id)
    messages.success(request, _("It is taken back; nothing changed."))
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
            done = operations.appoint(
                by=ref, at=timezone.now(), person_id=UUID(said["person"]),
                office=OfficeName(said["office"]), from_on=said["from_on"],
                until_on=said["until_on"], source=said["source"],
            )  # fmt: skip
        except RuleBroken as refused:
            form.add_error(None, refused.message)
        else:
            entered = _("The office is in the register.")
            messages.success(request, _WAITS if done.waits else entered)
            return redirect("members:people")
    status = 400 if form.errors else 200
    return render(request, "members/appoint.html", {"form": form}, status=status)
