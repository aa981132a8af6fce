"""Her hours, week by week."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coop.hours import queries
from coop.hours.rules import weeks
from coop.hours.types import HoursKind
from coop.kernel import round_fraction
from coop.law.queries import week_hours_max
from coop.law.registry import pack
from coop.members import queries as members
from coop.members.access import needs, ref_of
from coop.members.types import MemberRef

KINDS = {
    HoursKind.VISIT: _("Visit"),
    HoursKind.MINIMUM_VISIT: _("Up to the shortest paid visit"),
    HoursKind.TRAVEL: _("Travel"),
    HoursKind.TRAINING: _("Training"),
    HoursKind.ASSEMBLY: _("Assembly"),
    HoursKind.STANDBY: _("Standby"),
    HoursKind.LATE_CANCELLATION: _("Cancelled too late by the household"),
    HoursKind.OUTSIDE: _("Work elsewhere, told by you"),
}


@require_safe
@needs("worker")
def mine(request: HttpRequest) -> HttpResponseBase:
    """One week: paid time against the law's limit and her wish, and every row behind it."""
    ref = ref_of(request)
    assert ref.worker_id is not None
    today = timezone.now().astimezone(ZoneInfo(ref.zone)).date()
    wanted = request.GET.get("week", "")
    monday = weeks.read_week(wanted) if wanted else weeks.week_of(today)
    return render(request, "hours/mine.html", _week(ref, ref.worker_id, monday, today))


def _week(ref: MemberRef, worker_id: UUID, monday: date, today: date) -> dict[str, Any]:
    during = weeks.stretch(monday, ref.zone)
    rows = queries.hours_of(
        cooperative_id=ref.cooperative_id, worker_id=worker_id,
        starting_from=during.start, starting_before=during.end,
    )  # fmt: skip
    limit: Fraction = week_hours_max(pack(ref.country), monday).value
    own = members.workers(cooperative_id=ref.cooperative_id, on=monday, ids=[worker_id])
    last = weeks.week_of(today)
    return {
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "zone": ref.zone,
        "rows": [{"line": row, "kind": KINDS[row.kind]} for row in rows],
        "paid": sum(row.paid_seconds for row in rows if row.kind != HoursKind.OUTSIDE),
        "limit": round_fraction(limit * 3600),
        "wish": own[0].wanted_minutes_per_week * 60 if own else None,
        "before": weeks.write_week(monday - timedelta(days=7)),
        "after": weeks.write_week(monday + timedelta(days=7)) if monday < last else "",
        "this_week": monday == last,
    }
