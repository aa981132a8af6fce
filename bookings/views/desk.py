"""The coordinator's day: what nobody covers on top, then everybody's hours."""

from __future__ import annotations

from datetime import date, timedelta
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
from bookings.types import BookingCard, Desk
from coop.kernel import NotFound
from coop.members.access import needs, ref_of

#: The axis shows these hours of the day, in half hours.
FIRST, LAST = 6, 22


@needs("coordinator")
def desk(request: HttpRequest, day: str = "") -> HttpResponse:
    ref = ref_of(request)
    today = timezone.now().astimezone(ZoneInfo(ref.zone)).date()
    try:
        shown = date.fromisoformat(day) if day else today
        before, after = shown - timedelta(days=1), shown + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise NotFound("day_unknown", "There is no such day.") from error
    now = timezone.now()
    found = queries.desk(by=ref, day=shown, at=now)
    context = {
        "now": now, "desk": found, "is_today": shown == today, "board": board(found),
        "before": reverse("bookings:desk_day", args=[before.isoformat()]),
        "after": reverse("bookings:desk_day", args=[after.isoformat()]),
        "lead": _("Every visit of the day, and who goes."),
    }  # fmt: skip
    return render(request, "bookings/desk.html", context)


def board(found: Desk) -> dict[str, object]:
    """The rows with each visit's half-hour columns on the axis."""
    rows = [
        {
            "name": row.worker_name, "on_leave": row.on_leave,
            "bars": [bar(card, found) for card in row.bookings],
        }
        for row in found.rows
    ]  # fmt: skip
    hours = [{"column": (h - FIRST) * 2 + 1, "word": f"{h:02d}"} for h in range(FIRST, LAST, 2)]
    return {"rows": rows, "hours": hours, "last": (LAST - FIRST) * 2 + 1}


def bar(card: BookingCard, found: Desk) -> dict[str, object]:
    place, end = ZoneInfo(found.zone), (LAST - FIRST) * 2 + 1
    starts, ends = (i.astimezone(place) for i in (card.during.start, card.during.end))
    first = (starts.hour - FIRST) * 2 + starts.minute // 30 + 1 if starts.date() == found.day else 1
    last = (ends.hour - FIRST) * 2 - (-ends.minute // 30) + 1 if ends.date() == found.day else end
    first = max(1, min(first, end - 1))
    return {
        "booking": card, "kind": card.state.value, "word": card.household_name,
        "first": first, "last": max(first + 1, min(last, end)),
    }  # fmt: skip


@require_POST
@needs("coordinator")
def again(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Ask the next workers now."""
    made = operations.offer_next(by=ref_of(request), at=timezone.now(), booking_id=booking_id)
    messages.info(request, _("Asked.") if made else _("Nobody new could be asked."))
    return redirect("bookings:desk")
