"""Reading paid time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Sum
from django.db.models.functions import Lower

from coop.hours.models import HoursEntry
from coop.hours.types import HoursKind, HoursLine
from coop.kernel import Money, TimeRange


def hours_of(
    *,
    cooperative_id: UUID,
    worker_id: UUID | None = None,
    starting_from: datetime | None = None,
    starting_before: datetime | None = None,
    ids: Collection[UUID] | None = None,
) -> list[HoursLine]:
    """Ledger rows by start of the interval, corrections included; one query."""
    rows = HoursEntry.objects.filter(cooperative_id=cooperative_id)
    if worker_id is not None:
        rows = rows.filter(worker_id=worker_id)
    if starting_from is not None:
        rows = rows.filter(during__startswith__gte=starting_from)
    if starting_before is not None:
        rows = rows.filter(during__startswith__lt=starting_before)
    if ids is not None:
        rows = rows.filter(id__in=ids)
    return [_line(row) for row in rows.order_by(Lower("during"), "written_at", "id")]


def paid_seconds_by_worker(
    *, cooperative_id: UUID, starting_from: datetime, starting_before: datetime
) -> dict[UUID, int]:
    """Paid seconds by worker of intervals that start in [from, before), net of corrections."""
    rows = (
        HoursEntry.objects.filter(
            cooperative_id=cooperative_id,
            during__startswith__gte=starting_from,
            during__startswith__lt=starting_before,
        )
        .exclude(kind=HoursKind.OUTSIDE)
        .values_list("worker_id")
        .annotate(seconds=Sum("paid_seconds"))
    )
    return dict(rows)


def _line(row: HoursEntry) -> HoursLine:
    return HoursLine(
        row.id, row.worker_id, TimeRange(row.during.lower, row.during.upper), HoursKind(row.kind),
        (row.source_kind, row.source_id), row.paid_seconds, Money(row.rate_minor, row.currency),
        row.service, row.household_id, row.terms, row.corrects_id, row.reason, row.written_at,
    )  # fmt: skip
