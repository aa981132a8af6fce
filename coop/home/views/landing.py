"""The first page, the way to one's own, and signing in where the demonstration runs."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coop.home import queries
from coop.home.context import address, home_of
from coop.kernel import NotFound, RuleBroken
from coop.members.access import choose_cooperative, ref_of

ROLES = {
    "coordinator": _("coordinator"),
    "board": _("board"),
    "treasurer": _("treasurer"),
    "election committee": _("election committee"),
    "auditor": _("auditor"),
    "worker": _("worker"),
    "household": _("household"),
}


def landing(request: HttpRequest) -> HttpResponse:
    """What this is, for whom, and the two doors."""
    people = queries.demonstration_people() if settings.LETSEMA_DEMO else []
    groups = [
        {"cooperative": name, "people": [(ROLES.get(p.role, p.role), p) for p in found]}
        for name, found in groupby(people, key=lambda person: person.cooperative)
    ]
    return render(
        request, "home/landing.html", {"groups": groups, "price_url": address("bookings:price")}
    )


def own_home(request: HttpRequest) -> HttpResponse:
    """Leads everybody to the page her day begins on."""
    if not request.user.is_authenticated:
        return redirect("home:landing")
    try:
        return redirect(home_of(ref_of(request)))
    except RuleBroken:
        return redirect("home:landing")


@require_POST
def sign_in_as(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Become one of the demonstration's people. The page does not exist for real people."""
    known = {person.person_id: person for person in queries.demonstration_people()}
    if not settings.LETSEMA_DEMO or person_id not in known:
        raise NotFound("page_unknown", "There is no such page.")
    user = get_user_model().objects.get(pk=person_id)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    choose_cooperative(request, known[person_id].cooperative_id)
    return redirect("home:home")
