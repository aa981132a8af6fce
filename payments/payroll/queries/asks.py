"""Gathering what payslips are computed from, and keeping it so that they can be computed again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Sum

from coop.hours import queries as hours
from coop.hours.types import HoursKind, HoursLine
from coop.members import queries as members
from payments.payroll.models import Contribution, PayRun, Payslip, PayslipLine
from payments.payroll.rules.slip import monday
from payments.payroll.types import PAYS_HOURS, LineKind, MonthSoFar, Slip, SlipAsk


@dataclass(frozen=True, slots=True)
class SlipFor:
    """Whose slip is to be computed, from what."""

    worker_id: UUID
    worker_name: str
    ask: SlipAsk


def slips_to_compute(run: PayRun, *, country: str, zone: str, at: datetime) -> list[SlipFor]:
    """Every worker with hours not yet on a payslip that began before the period's end."""
    end = datetime.combine(run.period.upper, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    rows = hours.hours_of(cooperative_id=run.cooperative_id, starting_before=end)
    paid = set(
        PayslipLine.objects.filter(
            cooperative_id=run.cooperative_id, kind__in=PAYS_HOURS
        ).values_list("hours_entry_id", flat=True)
    )
    waiting: dict[UUID, list[HoursLine]] = defaultdict(list)
    before: dict[UUID, list[HoursLine]] = defaultdict(list)
    for row in rows:
        if row.kind is not HoursKind.OUTSIDE:
            (before if row.id in paid else waiting)[row.worker_id].append(row)
    names = {
        card.id: card.name
        for card in members.workers(
            cooperative_id=run.cooperative_id, on=run.period.lower, ids=list(waiting)
        )
    }
    law_on = run.period.upper - timedelta(days=1)
    months = _months(run, law_on)
    carried = _carried(run)
    employer = members.cooperative(run.cooperative_id).employer_of_record
    found = []
    for worker_id in sorted(waiting, key=lambda w: (names[w], str(w))):
        mine = affordable(waiting[worker_id])
        if mine:
            weeks = _weeks(mine, before[worker_id], ZoneInfo(zone))
            month = months.get(worker_id, MonthSoFar())
            days = {str(row.during.start.astimezone(ZoneInfo(zone)).date()) for row in mine}
            ask = SlipAsk(
                country, run.currency, zone, law_on, employer, tuple(mine), weeks, month,
                tuple(sorted(days & carried[worker_id])),
            )  # fmt: skip
            found.append(SlipFor(worker_id, names[worker_id], ask))
    return found


def affordable(rows: Sequence[HoursLine]) -> list[HoursLine]:
    """Rows whose sum is not negative: a correction that takes more than was earned waits."""
    worth = {row.id: row.paid_seconds * row.rate.minor for row in rows}
    left = sum(value for value in worth.values() if value >= 0)
    kept = []
    for row in rows:
        if worth[row.id] < 0:
            if left + worth[row.id] < 0:
                continue
            left += worth[row.id]
        kept.append(row)
    return kept


def _weeks(
    mine: Sequence[HoursLine], before: Sequence[HoursLine], zone: ZoneInfo
) -> dict[str, int]:
    """Seconds already paid in each week that these rows touch."""

    def week(row: HoursLine) -> str:
        return str(monday(row.during.start.astimezone(zone).date()))

    sums = {week(row): 0 for row in mine}
    worked = (HoursKind.VISIT, HoursKind.TRAVEL, HoursKind.TRAINING, HoursKind.ASSEMBLY)
    for row in before:
        if week(row) in sums and row.kind in worked:
            sums[week(row)] += row.paid_seconds
    return sums


def _months(run: PayRun, law_on: date) -> dict[UUID, MonthSoFar]:
    """What earlier slips of the same month hold, by worker."""
    month = law_on.replace(day=1)
    taken: dict[UUID, dict[str, tuple[int, int]]] = defaultdict(dict)
    dues = (
        Contribution.objects.filter(cooperative_id=run.cooperative_id, month=month)
        .values_list("worker_id", "scheme")
        .annotate(mine=Sum("worker_minor"), theirs=Sum("employer_minor"))
    )
    for worker_id, scheme, mine, theirs in dues:
        taken[worker_id][scheme] = (int(mine), int(theirs))
    gross: dict[UUID, list[Payslip]] = defaultdict(list)
    for slip in Payslip.objects.filter(cooperative_id=run.cooperative_id, month=month):
        gross[slip.worker_id].append(slip)
    return {
        worker_id: MonthSoFar(
            sum(s.gross_minor for s in slips),
            sum(s.paid_seconds for s in slips),
            tuple(sorted({day for s in slips for day in s.terms["days"]})),
            taken[worker_id],
        )
        for worker_id, slips in gross.items()
    }


def _carried(run: PayRun) -> dict[UUID, set[str]]:
    """The days whose allowance earlier slips paid, by worker."""
    days: dict[UUID, set[str]] = defaultdict(set)
    lines = PayslipLine.objects.filter(
        cooperative_id=run.cooperative_id, kind=LineKind.ALLOWANCE
    ).values_list("payslip__worker_id", "worked_on")
    for worker_id, day in lines:
        days[worker_id].add(str(day))
    return days


def terms_of(ask: SlipAsk, slip: Slip) -> dict[str, Any]:
    """All that the slip was computed from besides its hours rows and the law in force."""
    return {
        "country": ask.country,
        "zone": ask.zone,
        "employer": ask.employer,
        "weeks": ask.weeks,
        "carried": list(ask.carried),
        "days": list(slip.days),
        "month": {
            "gross_minor": ask.month.gross_minor,
            "seconds": ask.month.seconds,
            "days": list(ask.month.days),
            "taken": {key: list(value) for key, value in ask.month.taken.items()},
        },
        "law": sorted({figure.key for figure in slip.cited}),
    }


def ask_again(slip: Payslip) -> SlipAsk:
    """The same question as when the slip was computed."""
    ids = slip.lines.filter(kind__in=PAYS_HOURS).order_by("position")
    order = list(ids.values_list("hours_entry_id", flat=True))
    rows = {
        row.id: row
        for row in hours.hours_of(
            cooperative_id=slip.cooperative_id, ids=[id_ for id_ in order if id_]
        )
    }
    kept = slip.terms["month"]
    month = MonthSoFar(
        kept["gross_minor"], kept["seconds"], tuple(kept["days"]),
        {scheme: (both[0], both[1]) for scheme, both in kept["taken"].items()},
    )  # fmt: skip
    return SlipAsk(
        slip.terms["country"], slip.currency, slip.terms["zone"], slip.law_on,
        slip.terms["employer"], tuple(rows[id_] for id_ in order if id_), slip.terms["weeks"],
        month, tuple(slip.terms.get("carried", ())),
    )  # fmt: skip
