"""A household says what it needs, sees the whole price, and books."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import operations, queries
from bookings.forms import BookForm, NeedForm, RhythmForm, request_of, soon, weekly_of
from bookings.types import PaidBy, QuoteCard, SeriesResult
from bookings.views.threads import threads
from coop.kernel import RuleBroken
from coop.members import queries as members
from coop.members.access import needs, ref_of
from coop.members.types import MemberRef


@needs("household")
def need(request: HttpRequest) -> HttpResponse:
    """What, where, when and how often; the answer is a price."""
    ref, now = ref_of(request), timezone.now()
    assert ref.household_id is not None
    today = soon(now, ref.zone)
    services = queries.services(by=ref, on=today)
    places = members.areas(cooperative_id=ref.cooperative_id, household_id=ref.household_id)
    form = NeedForm(
        request.POST or None,
        services=[(s.code, s.name) for s in services],
        addresses=[(str(p.address_id), p.area) for p in places],
        initial={"on": today, "starts": "09:00", "ends": "13:00"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.make_quote(
                by=ref, at=now, household_id=ref.household_id, address_id=form.address_id(),
                service=form.cleaned_data["service"], during=form.during(ref.zone),
                paid_by=PaidBy(form.cleaned_data["paid_by"]),
                request_id=request_of(form),
            )  # fmt: skip
        except RuleBroken as error:
            form.add_error(None, error.message)
        else:
            every, count = form.rhythm()
            tail = "?" + urlencode({"every": every, "count": count}) if every else ""
            return redirect(reverse("bookings:quote", args=[made.id]) + tail)
    steps = [_("You see the price"), _("A worker accepts"), _("She comes"), _("You both agree")]
    context = {
        "form": form if services and places else None,
        "services": services,
        "steps": [{"label": label, "state": "next"} for label in steps],
    }
    return render(request, "bookings/need.html", context)


@needs("household")
def quote(request: HttpRequest, quote_id: UUID) -> HttpResponse:
    """The price as threads; booking it twice is booking it once (its id is the request's)."""
    ref, now = ref_of(request), timezone.now()
    found = queries.quote(by=ref, quote_id=quote_id)
    rhythm = RhythmForm(request.POST or request.GET)
    rhythm.is_valid()
    every, count = rhythm.cleaned_data.get("every") or 0, rhythm.cleaned_data.get("count") or 8
    form = BookForm(request.POST or None)
    result: SeriesResult | None = None
    conflicts: Any = ()
    beside = False
    if request.method == "POST" and form.is_valid():
        wishes = form.cleaned_data["wishes"]
        try:
            if not every:
                booking_id = operations.request_booking(
                    by=ref, at=now, request_id=found.id, quote_id=found.id, wishes=wishes,
                    beside=request.POST.get("beside") == "yes",
                )  # fmt: skip
                messages.success(request, _("Booked. We ask the workers now."))
                return redirect("bookings:visit", booking_id)
            others = request.POST.get("others") == "yes"
            result = _book_series(ref, found, every, count, wishes, others)
            if result.series_id is not None:
                messages.success(request, _("Booked. We ask the workers now."))
                return redirect("bookings:series", result.series_id)
            conflicts = result.conflicts
        except RuleBroken as error:
            form.add_error(None, error.message)
            beside = error.code == "already_booked_then"
            conflicts = error.facts.get("conflicts", ())
    on = found.during.start.astimezone(ZoneInfo(ref.zone)).date()
    names = {one.code: one.name for one in queries.services(by=ref, on=on)}
    context: dict[str, Any] = {
        "quote": found, "threads": threads(ref, found), "form": form, "every": every,
        "count": count, "result": result, "conflicts": conflicts, "beside": beside,
        "service": names.get(found.service, _("The price")),
    }  # fmt: skip
    return render(request, "bookings/price.html", context)


def _book_series(
    ref: MemberRef, found: QuoteCard, every: int, count: int, wishes: str, others: bool
) -> SeriesResult:
    return operations.request_series(
        by=ref, at=timezone.now(), request_id=found.id, household_id=found.household_id,
        address_id=found.address_id, service=found.service, paid_by=found.paid_by, wishes=wishes,
        weekly=weekly_of(found.during, ref.zone, every, count), despite_conflicts=others,
    )  # fmt: skip
