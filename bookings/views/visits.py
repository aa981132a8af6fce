"""A household's visits: what comes, what it can do now, what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookings import operations, queries
from bookings.forms import ReasonForm
from bookings.queries.cancelling import cancellation_cost
from bookings.types import BookingCard, BookingState, DeclarationCard, Side
from bookings.views.telling import gone, said_by, to_answer
from bookings.views.threads import threads
from coop.kernel import NotFound, RuleBroken
from coop.members.access import needs, ref_of
from coop.members.types import MemberRef

S = BookingState
_AHEAD = {S.REQUESTED, S.OFFERED, S.CONFIRMED, S.IN_PROGRESS}
_CANCELLABLE = {S.REQUESTED, S.OFFERED, S.CONFIRMED}
_EARLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Now:
    """What a household may do with a booking at this moment, in words and buttons.

    `said` is the worker's word that waits for an answer.
    """

    booking: BookingCard
    words: str
    show_code: bool
    can_say_here: bool
    said: DeclarationCard | None
    can_declare: bool

    @property
    def wants_answer(self) -> bool:
        return self.said is not None

    @property
    def gone(self) -> str:
        """In words, when the worker says that she could not get in."""
        return gone(self.said)


def now_of(card: BookingCard, ref: MemberRef, now: datetime) -> Now:
    hers = ref.household_id == card.household_id
    going = hers and card.state is S.IN_PROGRESS
    stands = hers and card.state is S.CONFIRMED
    forgotten = stands and now > card.during.start
    asks = going or forgotten
    spoken = queries.declarations(by=ref, booking_id=card.id) if asks else []
    said = to_answer(spoken, Side.HOUSEHOLD)
    near = card.during.start - _EARLY <= now < card.during.end
    return Now(
        card, _words(card, spoken, now),
        show_code=stands and bool(card.client_code) and _same_day(card, now, ref.zone),
        can_say_here=stands and near, said=said,
        can_declare=asks and said is None,
    )  # fmt: skip


def _words(card: BookingCard, spoken: list[DeclarationCard], now: datetime) -> str:
    if card.state is S.OFFERED and card.worker_id:
        return _("She accepted; the money is being secured.")
    if card.state is S.EXPIRED and card.worker_id:
        return _("The payment was not secured in time. You owe nothing.")
    if card.state is S.CONFIRMED and spoken:
        mine = to_answer(spoken, Side.HOUSEHOLD) is None
        return _("The worker is asked.") if mine else _("She says there was no visit. Is it right?")
    if card.state is S.CONFIRMED and now >= card.during.end:
        return _("The visit is over, and nobody said when it was. Say it, so that she is paid.")
    if card.state is S.IN_PROGRESS and to_answer(spoken, Side.HOUSEHOLD):
        return _("She told when it was. Is it right?")
    if card.state is S.IN_PROGRESS and not spoken and now >= card.during.end:
        return _("The visit is over. Say when it was, so that she is paid.")
    if card.state is S.IN_PROGRESS and spoken:
        return _("The worker is asked whether the time is right.")
    return {
        S.REQUESTED: _("We look for somebody."), S.OFFERED: _("Workers are being asked now."),
        S.CONFIRMED: _("She comes. You know each other by the code."),
        S.IN_PROGRESS: _("She is with you."), S.DONE: _("Done, and agreed by both."),
        S.EXPIRED: _("Nobody was free. You owe nothing."), S.CANCELLED: _("Cancelled."),
        S.DISPUTED: _("The office settles the time in two days."),
        S.SETTLED: _("The office settled the time."),
    }[card.state]  # fmt: skip


def _same_day(card: BookingCard, now: datetime, zone: str) -> bool:
    place = ZoneInfo(zone)
    return card.during.start.astimezone(place).date() == now.astimezone(place).date()


@needs("household")
def mine(request: HttpRequest) -> HttpResponse:
    ref, now = ref_of(request), timezone.now()
    cards = queries.my_visits(by=ref)
    ahead = sorted((c for c in cards if c.state in _AHEAD), key=lambda c: c.during)
    first = now_of(ahead[0], ref, now) if ahead else None
    past = [c for c in cards if c.state not in _AHEAD]
    context = {"now": now, "first": first, "coming": ahead[1:], "past": past}
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
    over = card.state in {S.CONFIRMED, S.IN_PROGRESS} and card.during.end <= now
    declared = said_by(ref, booking_id)
    context = {
        "now": now, "booking": card, "first": now_of(card, ref, now),
        "quote": price, "threads": threads(ref, price), "desk": not hers, "declared": declared,
        "can_cancel": hers and card.state in _CANCELLABLE and now < card.during.end,
        "can_settle": not hers and (card.state is S.DISPUTED or (over and not declared)),
    }  # fmt: skip
    return render(request, "bookings/visit.html", context)


@require_POST
@needs("household")
def here(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    try:
        operations.check_in(by=ref_of(request), at=timezone.now(), booking_id=booking_id)
    except NotFound:
        raise
    except RuleBroken as error:
        messages.error(request, error.message)
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


@needs("household", "coordinator")
def series(request: HttpRequest, series_id: UUID) -> HttpResponse:
    ref, now = ref_of(request), timezone.now()
    cards = queries.series_of(by=ref, series_id=series_id)
    rows: list[dict[str, Any]] = [
        {"on": c.during.start.astimezone(ZoneInfo(ref.zone)).date(), "booking": c,
         "can_cancel": c.state in _CANCELLABLE and now < c.during.end}
        for c in cards
    ]  # fmt: skip
    missing = queries.dates_not_booked(by=ref, series_id=series_id)
    rows += [{"on": one.on, "conflict": one} for one in missing]
    rows.sort(key=lambda row: row["on"])
    context = {
        "dates": rows, "title": cards[0].service_name, "lead": cards[0].area, "now": now,
    }  # fmt: skip
    return render(request, "bookings/series.html", context)
