"""When a visit really was: one side tells, the other agrees, and the office settles the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import operations, queries
from bookings.forms import AbsenceForm, SettleForm, TimesForm, times_from
from bookings.types import Absence, BookingCard, BookingState, DeclarationCard, Side
from coop.kernel import NotFound, RuleBroken
from coop.members.access import needs, ref_of
from coop.members.types import MemberRef

_SETTLED_FROM = {BookingState.DISPUTED, BookingState.CONFIRMED, BookingState.IN_PROGRESS}


def to_answer(spoken: Iterable[DeclarationCard], mine: Side) -> DeclarationCard | None:
    """The other side's last word, while mine is not spoken."""
    words = list(spoken)
    if any(word.side is mine for word in words):
        return None
    return words[-1] if words else None


def said_by(ref: MemberRef, booking_id: UUID) -> list[dict[str, Any]]:
    """What each side said, with the side in words."""
    who = {
        Side.WORKER: _("the worker"), Side.HOUSEHOLD: _("the household"),
        Side.COORDINATOR: _("the office"),
    }  # fmt: skip
    said = queries.declarations(by=ref, booking_id=booking_id)
    return [
        {"at": d.at, "during": d.during, "note": d.note, "who": who[d.side], "gone": gone(d)}
        for d in said
    ]


def gone(word: DeclarationCard | None) -> str:
    """In words, when a side says that there was no visit."""
    if word is None or word.absence is None:
        return ""
    return {
        Absence.NOBODY_CAME: _("Nobody came."), Absence.NO_ENTRY: _("She could not get in."),
    }[word.absence]  # fmt: skip


@needs("household", "worker")
def times(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Agree with the other side's word, or say one's own."""
    ref = ref_of(request)
    card = queries.booking(by=ref, booking_id=booking_id)
    mine = Side.WORKER if ref.worker_id == card.worker_id else Side.HOUSEHOLD
    spoken = queries.declarations(by=ref, booking_id=booking_id)
    said = to_answer(spoken, mine)
    agrees, absent = "agree" in request.POST, "absent" in request.POST
    first = times_from((said.during if said else None) or card.during, ref.zone)
    told = request.method == "POST" and not (agrees or absent)
    form = TimesForm(request.POST if told else None, initial=first)
    none = AbsenceForm(request.POST if absent else None)
    wrong = ""
    if agrees or form.is_valid() or none.is_valid():
        try:
            if absent:
                _tell_absence(request, ref, card, none)
            else:
                _tell(request, ref, card, form, agrees)
        except RuleBroken as error:
            wrong = error.message
        else:
            return redirect("bookings:visit", booking_id)
    going = card.state in {BookingState.CONFIRMED, BookingState.IN_PROGRESS}
    context = {
        "booking": card, "form": form, "wrong": [wrong] if wrong else [],
        "said": said if going else None, "gone": gone(said), "mine": mine.value, "none": none,
        "declared": said_by(ref, booking_id), "do": _("Say so"),
        "title": _("When was the visit?"), "back": reverse("bookings:visit", args=[booking_id]),
        "lead": _("What nobody disputes is paid at once."),
    }  # fmt: skip
    return render(request, "bookings/times.html", context)


def _tell(
    request: HttpRequest, ref: MemberRef, card: BookingCard, form: TimesForm, agrees: bool
) -> None:
    now = timezone.now()
    if agrees:
        visit = operations.confirm_visit(
            by=ref, at=now, booking_id=card.id, said_at=_read(request.POST["agree"])
        )
        done = _("Agreed. It is written and paid.") if visit else _("Agreed: there was no visit.")
        messages.success(request, done)
        return
    state = operations.declare(
        by=ref, at=now, booking_id=card.id, note=form.cleaned_data["note"],
        during=form.during(_day(card, ref.zone), ref.zone),
    )  # fmt: skip
    if state is BookingState.DONE:
        messages.success(request, _("You both say the same. It is written and paid."))
    elif state is BookingState.DISPUTED:
        messages.info(request, _("You two do not say the same. The office settles it."))
    else:
        messages.success(request, _("Kept. The other side is asked."))


def _tell_absence(
    request: HttpRequest, ref: MemberRef, card: BookingCard, form: AbsenceForm
) -> None:
    state = operations.declare_absence(
        by=ref, at=timezone.now(), booking_id=card.id, note=form.cleaned_data["note"]
    )
    if state is BookingState.DISPUTED:
        messages.info(request, _("You two do not say the same. The office settles it."))
    else:
        messages.success(request, _("Kept. The other side is asked."))


def _read(text: str) -> datetime:
    """The word that was on the page. Raises RuleBroken for what no page of ours sends."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise RuleBroken("word_changed", _("Read the time again, then agree."))
    return found


def _day(card: BookingCard, zone: str) -> Any:
    return card.during.start.astimezone(ZoneInfo(zone)).date()


@needs("coordinator")
def settle(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Both sides' words next to each other, and what the office says holds."""
    ref = ref_of(request)
    card = queries.booking(by=ref, booking_id=booking_id)
    if card.state not in _SETTLED_FROM:
        return redirect("bookings:visit", booking_id)
    spoken = queries.declarations(by=ref, booking_id=booking_id)
    last = {word.side.value: word for word in spoken}
    ways = {side: word.during for side, word in last.items() if word.during}
    paid = _paid(ref, booking_id)
    form = SettleForm(
        request.POST or None, ways=ways | {"booked": card.during}, zone=ref.zone, absent=not paid
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.settle(
                by=ref, at=timezone.now(), booking_id=booking_id,
                during=form.during(_day(card, ref.zone), ref.zone),
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except RuleBroken as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Settled. Both sides are told."))
            return redirect("bookings:desk")
    context = {
        "booking": card, "form": form, "paid": paid,
        "worker": last.get("worker"), "household": last.get("household"),
        "worker_gone": gone(last.get("worker")), "household_gone": gone(last.get("household")),
        "back": reverse("bookings:desk"),
    }  # fmt: skip
    return render(request, "bookings/settle.html", context)


def _paid(ref: MemberRef, booking_id: UUID) -> Any:
    """What is written already because nobody disputes it."""
    try:
        return queries.visit(by=ref, booking_id=booking_id).during
    except NotFound:
        return None
