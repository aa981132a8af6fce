from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from coop.audit import operations as audit
from coop.events import publish
from coop.hours.events import HoursCorrected
from coop.hours.models import HoursEntry
from coop.kernel import BadInput, NotFound, saying
from coop.members.types import MemberRef


@transaction.atomic
def correct_hours(
    *, by: MemberRef, at: datetime, entry_id: UUID, paid_seconds: int, reason: str
) -> UUID:
    """Say what the paid time of an entry should have been: a new row carries the difference.

    The old row stays as it is. Corrections point at the first row, so several add up.
    """
    first = (
        HoursEntry.objects.select_for_update()
        .filter(cooperative_id=by.cooperative_id, id=entry_id, corrects__isnull=True)
        .first()
    )
    if first is None:
        raise NotFound("hours_unknown", "These hours are not known here.")
    if paid_seconds < 0 or not reason.strip():
        raise BadInput("correction_unreadable", "A correction needs a time and a reason.")
    so_far = HoursEntry.objects.filter(corrects=first).aggregate(s=Sum("paid_seconds"))["s"] or 0
    row = HoursEntry.objects.create(
        cooperative_id=by.cooperative_id, worker_id=first.worker_id,
        household_id=first.household_id, during=first.during, kind=first.kind,
        source_kind=first.source_kind, source_id=first.source_id,
        paid_seconds=paid_seconds - first.paid_seconds - so_far, rate_minor=first.rate_minor,
        currency=first.currency, service=first.service, terms=first.terms, corrects=first,
        reason=reason.strip(), written_at=at,
    )  # fmt: skip
    audit.record(
        by=by, at=at,
        sentence=saying(
            "corrected hours by %(minutes)s minutes: %(reason)s",
            minutes=row.paid_seconds // 60, reason=reason,
        ),
        about=("hours", first.id),
    )  # fmt: skip
    publish(HoursCorrected(by.cooperative_id, row.id, first.id, at))
    return row.id
