"""Coming in: to work here, or for help at home."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coop.kernel import NotFound, RuleBroken
from coop.members import operations, queries
from coop.members.access import choose_cooperative, today_of
from coop.members.forms.people import HouseholdForm, WorkForm
from coop.members.types import CooperativeCard, MemberRef

Page = Callable[..., HttpResponseBase]


def known_person(view: Page) -> Page:
    """For anybody who showed a phone, of a cooperative or not; others begin with it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), "/account/signup/")
        return view(request, *args)

    return guarded


@require_safe
@known_person
def join(request: HttpRequest) -> HttpResponseBase:
    """Which of the two doors, and of which cooperative."""
    return render(request, "members/join.html", {"places": queries.cooperatives()})


def _here(request: HttpRequest) -> CooperativeCard:
    """The cooperative named in the address, or the only one."""
    places = queries.cooperatives()
    wanted = request.GET.get("at", "")
    found = [p for p in places if p.slug == wanted] if wanted else places[:1]
    if not found:
        raise NotFound("cooperative_unknown", _("This cooperative is not known here."))
    return found[0]


def _newcomer(request: HttpRequest, place: CooperativeCard) -> MemberRef:
    person = request.user.pk
    assert isinstance(person, UUID)
    return queries.newcomer_ref(person_id=person, cooperative_id=place.id)


@known_person
def work(request: HttpRequest) -> HttpResponseBase:
    """She begins to work here and asks to become a member."""
    place = _here(request)
    form = WorkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = _newcomer(request, place)
        operations.begin_work(
            by=by, at=timezone.now(), on=today_of(by),
            wanted_minutes_per_week=form.cleaned_data["hours"] * 60,
        )  # fmt: skip
        choose_cooperative(request, place.id)
        messages.success(request, _("Welcome. You can work from today; the board hears of you."))
        return redirect("home:home")
    return _page(request, "members/join_work.html", form, place)


@known_person
def household(request: HttpRequest) -> HttpResponseBase:
    """She opens a client account with its address."""
    place = _here(request)
    form = HouseholdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.begin_household(
                by=_newcomer(request, place), at=timezone.now(), **form.cleaned_data
            )
        except RuleBroken as refused:
            form.add_error(None, refused.message)
        else:
            choose_cooperative(request, place.id)
            messages.success(request, _("Welcome. Now see a price for what you need."))
            return redirect("home:home")
    return _page(request, "members/join_household.html", form, place)


def _page(
    request: HttpRequest, template: str, form: WorkForm | HouseholdForm, place: CooperativeCard
) -> HttpResponseBase:
    areas = sorted({card.area for card in queries.areas(cooperative_id=place.id)})
    context = {"form": form, "place": place, "areas": areas}
    return render(request, template, context, status=400 if form.errors else 200)
