"""A household's visits: what comes, what it can do now, what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookings import operations, queries
from bookings.forms import ReasonForm, TimesForm, times_from
from bookings.queries.cancelling import cancellation_cost
from bookings.types import BookingCard, BookingState, Side
from bookings.views.threads import threads
from coop.kernel import RuleBroken
from coop.members.access import needs, ref_of
from coop.members.types import MemberRef

S = BookingState
_AHEAD = {S.REQUESTED, S.OFFERED, S.CONFIRMED, S.IN_PROGRESS}
_CANCELLABLE = {S.REQUESTED, S.OFFERED, S.CONFIRMED}


@dataclass(frozen=True, slots=True)
class Now:
    """What a household may do with a booking at this moment, in words and buttons."""

    booking: BookingCard
    words: str
    show_code: bool
    can_say_here: bool
    wants_answer: bool


def now_of(card: BookingCard, zone_day_same: bool, hers: bool) -> Now:
    words = {
        S.REQUESTED: _("We look for somebody."),
        S.OFFERED: _("She accepted; the money is being secured.")
        if card.worker_id else _("Workers are being asked now."),
        S.CONFIRMED: _("She comes. You know each other by the code."),
        S.IN_PROGRESS: _("She has left. Is the time right?")
        if card.ended_at else _("She is with you."),
        S.DONE: _("Done, and agreed by both."), S.EXPIRED: _("Nobody was free. You owe nothing."),
        S.CANCELLED: _("Cancelled."), S.DISPUTED: _("The office settles the time in two days."),
        S.SETTLED: _("The office settled the time."),
    }[card.state]  # fmt: skip
    ready = hers and card.state is S.CONFIRMED and zone_day_same
    asked = hers and card.state is S.IN_PROGRESS and card.ended_at is not None
    return Now(card, words, ready and bool(card.client_code), ready, asked)


def _same_day(card: BookingCard, now: datetime, zone: str) -> bool:
    from zoneinfo import ZoneInfo

    place = ZoneInfo(zone)
    return card.during.start.astimezone(place).date() == now.astimezone(place).date()


@needs("household")
def mine(request: HttpRequest) -> HttpResponse:
    ref, now = ref_of(request), timezone.now()
    cards = queries.my_visits(by=ref)
    ahead = sorted((c for c in cards if c.state in _AHEAD), key=lambda c: c.during)
    first = now_of(ahead[0], _same_day(ahead[0], now, ref.zone), True) if ahead else None
    past = [c for c in cards if c.state not in _AHEAD]
    context = {"first": first, "coming": ahead[1:], "past": past}
    return render(request, "bookings/mine.html", context)


@needs("household", "coordinator", "worker")
def visit(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """One visit; its worker is led to her own page of it."""
    ref, now = ref_of(request), timezone.now()
    card = queries.booking(by=ref, booking_id=booking_id)
    if ref.worker_id is not None and ref.worker_id == card.worker_id:
        return redirect("bookings:job", booking_id)
    hers = ref.household_id == card.household_id
    price = queries.quote(by=ref, quote_id=card.quote_id)
    context = {
        "booking": card, "first": now_of(card, _same_day(card, now, ref.zone), hers),
        "quote": price, "threads": threads(ref, price), "desk": not hers,
        "declared": declared(ref, booking_id),
        "can_cancel": hers and card.state in _CANCELLABLE,
    }  # fmt: skip
    return render(request, "bookings/visit.html", context)


def declared(ref: MemberRef, booking_id: UUID) -> list[dict[str, Any]]:
    """What each side said, with the side in words."""
    who = {
        Side.WORKER: _("the worker"), Side.HOUSEHOLD: _("the household"),
        Side.COORDINATOR: _("the office"),
    }  # fmt: skip
    said = queries.declarations(by=ref, booking_id=booking_id)
    return [{"at": d.at, "during": d.during, "note": d.note, "who": who[d.side]} for d in said]


@require_POST
@needs("household")
def here(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    operations.check_in(by=ref_of(request), at=timezone.now(), booking_id=booking_id)
    return redirect("bookings:visit", booking_id)


@needs("household")
def cancel(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """What it costs is said before it is done."""
    ref, now = ref_of(request), timezone.now()
    card = queries.booking(by=ref, booking_id=booking_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.cancel_by_client(
                by=ref, at=now, booking_id=booking_id, reason=form.cleaned_data["reason"]
            )
        except RuleBroken as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The visit is cancelled."))
            return redirect("bookings:mine")
    context = {
        "booking": card, "form": form, "back": reverse("bookings:visit", args=[booking_id]),
        "fee": cancellation_cost(by=ref, booking_id=booking_id, at=now),
        "words": _("What is owed goes to the worker whose time it was."),
    }  # fmt: skip
    return render(request, "bookings/cancel.html", context)


@needs("household", "worker")
def times(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Agree with the other side's word, or say one's own."""
    ref, now = ref_of(request), timezone.now()
    card = queries.booking(by=ref, booking_id=booking_id)
    if request.method == "POST" and "agree" in request.POST:
        operations.confirm_visit(by=ref, at=now, booking_id=booking_id)
        return redirect("bookings:visit", booking_id)
    form = TimesForm(request.POST or None, initial=times_from(card.during, ref.zone))
    if request.method == "POST" and form.is_valid():
        from zoneinfo import ZoneInfo

        day = card.during.start.astimezone(ZoneInfo(ref.zone)).date()
        try:
            operations.declare(
                by=ref, at=now, booking_id=booking_id, during=form.during(day, ref.zone),
                note=form.cleaned_data["note"],
            )  # fmt: skip
        except RuleBroken as error:
            form.add_error(None, error.message)
        else:
            return redirect("bookings:visit", booking_id)
    context = {
        "form": form, "declared": declared(ref, booking_id), "do": _("Say so"),
        "title": _("When was the visit?"), "back": reverse("bookings:visit", args=[booking_id]),
        "lead": _("What nobody disputes is paid at once."),
    }  # fmt: skip
    return render(request, "bookings/times.html", context)


@needs("household", "coordinator")
def series(request: HttpRequest, series_id: UUID) -> HttpResponse:
    from zoneinfo import ZoneInfo

    ref = ref_of(request)
    cards = queries.series_of(by=ref, series_id=series_id)
    rows: list[dict[str, Any]] = [
        {"on": c.during.start.astimezone(ZoneInfo(ref.zone)).date(), "booking": c,
         "can_cancel": c.state in _CANCELLABLE}
        for c in cards
    ]  # fmt: skip
    missing = queries.dates_not_booked(by=ref, series_id=series_id)
    why = _("It could not be booked at these hours.")
    rows += [{"on": day, "conflict": {"on": day, "reason": why}} for day in missing]
    rows.sort(key=lambda row: row["on"])
    context = {"dates": rows, "title": cards[0].service_name, "lead": cards[0].area}
    return render(request, "bookings/series.html", context)
