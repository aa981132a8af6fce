from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from coop.audit import operations as audit
from coop.events import publish
from coop.hours.events import HoursWritten
from coop.hours.models import HoursEntry
from coop.hours.types import NewHours
from coop.kernel import BadInput, RuleBroken, saying
from coop.members.types import MemberRef


@transaction.atomic
def record_hours(*, by: MemberRef, at: datetime, entries: Sequence[NewHours]) -> tuple[UUID, ...]:
    """Write paid intervals, all or none; the same cause twice is refused (`hours_written`)."""
    for entry in entries:
        if entry.paid_seconds < 0 or entry.rate.minor < 0:
            raise BadInput("hours_negative", "Paid time and its rate are not negative.")
        if entry.rate.currency != by.currency:
            raise BadInput(
                "hours_currency", "Hours here are paid in %(currency)s.", currency=by.currency
            )
    rows = [_row(by, entry, at) for entry in entries]
    try:
        with transaction.atomic():
            HoursEntry.objects.bulk_create(rows)
    except IntegrityError as error:
        if "hours_written_once" in str(error):
            raise RuleBroken("hours_written", "These hours were written already.") from error
        raise
    for row in rows:
        audit.record(
            by=by, at=at,
            sentence=saying(
                "wrote %(minutes)s paid minutes (%(kind)s)",
                minutes=row.paid_seconds // 60, kind=row.kind,
            ),
            about=("hours", row.id),
        )  # fmt: skip
    ids = tuple(row.id for row in rows)
    publish(HoursWritten(by.cooperative_id, ids, at))
    return ids


def _row(by: MemberRef, entry: NewHours, at: datetime) -> HoursEntry:
    return HoursEntry(
        cooperative_id=by.cooperative_id,
        worker_id=entry.worker_id,
        household_id=entry.household_id,
        during=DateTimeTZRange(entry.during.start, entry.during.end),
        kind=entry.kind,
        source_kind=entry.source[0],
        source_id=entry.source[1],
        paid_seconds=entry.paid_seconds,
        rate_minor=entry.rate.minor,
        currency=entry.rate.currency,
        service=entry.service,
        terms=entry.terms,
        written_at=at,
    )
