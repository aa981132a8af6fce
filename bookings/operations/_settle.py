from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from bookings.events import VisitSettled
from bookings.models import Visit
from bookings.operations._complete import quote_for
from bookings.operations._hold import hold, moved, step
from bookings.operations._tell import hint
from bookings.operations._visit import say
from bookings.types import BookingState, Side
from coop.audit import operations as audit
from coop.events import publish
from coop.hours import operations as hours
from coop.hours import queries as hour_queries
from coop.hours.types import HoursKind, HoursLine
from coop.kernel import BadInput, NotAllowed, TimeRange
from coop.members.types import MemberRef


@transaction.atomic
def settle(
    *, by: MemberRef, at: datetime, booking_id: UUID, during: TimeRange, reason: str
) -> None:
    """Say what holds when the two sides differ. The hours are corrected by new rows."""
    if not by.has("coordinator"):
        raise NotAllowed("coordinator_only", "The coordinator settles a difference.")
    if not reason.strip() or len(reason) > 300:
        raise BadInput("reason_missing", "Settling needs a reason of at most 300 letters.")
    row = hold(by, booking_id)
    if row.state != BookingState.DISPUTED or row.worker_id is None:
        raise moved(row, "settled")
    visit = Visit.objects.get(booking=row)
    if during.duration < visit.during.upper - visit.during.lower:
        raise BadInput("less_than_undisputed", "What both sides agreed on is paid already.")
    quote = quote_for(by=by, at=at, row=row, during=during)
    say(row, Side.COORDINATOR, during, reason, at)
    for line in _written(visit):
        wanted = {
            HoursKind.VISIT: during.seconds,
            HoursKind.MINIMUM_VISIT: max(quote.paid_seconds - during.seconds, 0),
        }.get(line.kind, line.paid_seconds)
        if wanted != line.paid_seconds:
            hours.correct_hours(
                by=by, at=at, entry_id=line.id, paid_seconds=wanted, reason=reason.strip()
            )
    step(row, "settle", "settled")
    audit.record(
        by=by, at=at, sentence=f"settled a visit: {reason.strip()}", about=("booking", row.id)
    )
    publish(
        VisitSettled(
            row.cooperative_id, row.id, visit.id, row.worker_id, row.household_id, quote.id,
            during, at,
        )
    )  # fmt: skip
    hint(row)


def _written(visit: Visit) -> list[HoursLine]:
    """The first rows of a visit's hours."""
    near = timedelta(hours=6)
    lines = hour_queries.hours_of(
        cooperative_id=visit.cooperative_id, worker_id=visit.worker_id,
        starting_from=visit.during.lower - near, starting_before=visit.during.upper + near,
    )  # fmt: skip
    return [x for x in lines if x.source == ("visit", visit.id) and x.corrects_id is None]
