"""Entering: as whom, and in which cooperative."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.kernel import BadInput, NotFound
from coop.members import operations, queries
from coop.members.access import choose_cooperative, signed_in
from coop.members.models import User


def next_of(request: HttpRequest) -> str:
    """Where she wanted to go, when that is a page of ours."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/home/"


@require_POST
def sign_in_as(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Take any person's place, in a demonstration only."""
    operations.enter_demonstration(at=timezone.now(), person_id=person_id)
    person = User.objects.get(id=person_id)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(next_of(request))


@require_POST
@signed_in
def choose(request: HttpRequest) -> HttpResponseBase:
    """Act in another of her cooperatives from now on."""
    try:
        wanted = UUID(request.POST.get("cooperative", ""))
    except ValueError as error:
        raise BadInput("cooperative_unreadable", _("Choose one of your cooperatives.")) from error
    person = request.user.pk
    if person is None or wanted not in {c.id for c in queries.cooperatives_of(person)}:
        raise NotFound("cooperative_unknown", _("This cooperative is not known here."))
    choose_cooperative(request, wanted)
    return redirect(next_of(request))
