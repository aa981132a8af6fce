"""The first page, and the way to one's own."""

from __future__ import annotations

from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from coop.home import queries
from coop.home.context import address, home_of
from coop.kernel import RuleBroken
from coop.members.access import ref_of

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
    found = {
        "groups": groups,
        "rules": queries.public_rules(),
        "price_url": address("bookings:price"),
        "join_url": address("members:join_work"),
    }
    return render(request, "home/landing.html", found)


def own_home(request: HttpRequest) -> HttpResponse:
    """Leads everybody to the page her day begins on."""
    if not request.user.is_authenticated:
        return redirect("home:landing")
    try:
        return redirect(home_of(ref_of(request)))
    except RuleBroken:
        return redirect("members:join")
