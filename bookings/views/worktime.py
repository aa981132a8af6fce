"""When a worker can work: her week, a day that differs, days away."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import operations, queries
from bookings.forms import LEAVE_KINDS, DayOffForm, LeaveForm, WeekForm, request_of
from bookings.types import DayException, Window
from coop.kernel import RuleBroken
from coop.members.access import needs, ref_of
from coop.members.types import MemberRef


@needs("worker")
def worktime(request: HttpRequest) -> HttpResponse:
    ref = ref_of(request)
    assert ref.worker_id is not None
    hers = queries.availability(by=ref, worker_id=ref.worker_id)
    first = {f"starts_{w.weekday}": w.starts for w in hers.week}
    first |= {f"ends_{w.weekday}": w.ends for w in hers.week}
    sent = request.POST.get("form", "")
    week = WeekForm(request.POST if sent == "week" else None, initial=first)
    day_off = DayOffForm(request.POST if sent == "day" else None, prefix=None)
    away = LeaveForm(request.POST if sent == "leave" else None)
    chosen = {"week": week, "day": day_off, "leave": away}.get(sent)
    if chosen is not None and chosen.is_valid():
        try:
            _save(ref, sent, week, day_off, away)
        except RuleBroken as error:
            chosen.add_error(None, error.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("bookings:time")
    leave = [(a, b - timedelta(days=1), LEAVE_KINDS.get(kind, kind)) for a, b, kind in hers.leave]
    context = {"week": week, "day_off": day_off, "leave_form": away, "hers": hers, "leave": leave}
    return render(request, "bookings/time.html", context)


def _save(ref: MemberRef, sent: str, week: WeekForm, day_off: DayOffForm, away: LeaveForm) -> None:
    at, worker = timezone.now(), ref.worker_id
    assert worker is not None
    if sent == "week":
        hours = [Window(*one) for one in week.hours()]
        operations.set_availability(by=ref, at=at, worker_id=worker, week=hours)
    elif sent == "day":
        day = day_off.cleaned_data
        one = DayException(day["on"], day["starts"], day["ends"])
        operations.set_exception(by=ref, at=at, worker_id=worker, exception=one)
    else:
        days = away.cleaned_data
        operations.take_leave(
            by=ref, at=at, worker_id=worker, first_on=days["first"],
            until_on=days["last"] + timedelta(days=1), kind=days["kind"],
            request_id=request_of(away),
        )  # fmt: skip
