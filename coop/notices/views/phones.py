"""On-screen phones, where a demonstration runs and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from coop.kernel import NotFound
from coop.members import queries as members
from coop.notices import operations, queries

Page = Callable[[HttpRequest], HttpResponseBase]


def demonstration_only(view: Page) -> Page:
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if not settings.LETSEMA_DEMO:
            raise NotFound("page_unknown", "There is no such page.")
        return view(request)

    return guarded


@require_safe
@demonstration_only
def phones(request: HttpRequest) -> HttpResponseBase:
    """Every phone of the demonstration; with ?number= one of them, with its texts."""
    number = request.GET.get("number", "").strip()
    if not number:
        return render(request, "notices/phones.html", {"people": members.phone_book()})
    known = members.person_of_phone(number)
    places = members.cooperatives_of(known.id) if known else []
    context = {
        "number": number, "holder": known.name if known else "",
        "bubbles": queries.phone_screen(number), "once": f"screen-{uuid4()}",
        "zone": places[0].zone if places else "UTC",
    }  # fmt: skip
    return render(request, "notices/phone.html", context)


@require_POST
@demonstration_only
def answer(request: HttpRequest) -> HttpResponseBase:
    """Text the cooperative from an on-screen phone; the same form twice is one SMS."""
    number = request.POST.get("number", "")
    operations.receive_sms(
        at=timezone.now(), from_phone=number, text=request.POST.get("text", ""),
        provider_id=request.POST.get("once", ""),
    )  # fmt: skip
    return redirect(f"{reverse('notices:phones')}?{urlencode({'number': number})}")
