from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.events import VisitSettled
from bookings.models import Booking, Quote, Visit
from bookings.operations._complete import complete, quote_for
from bookings.operations._hold import hold, moved, step
from bookings.operations._not_held import not_held
from bookings.operations._tell import hint, notify_household, notify_worker, said_span
from bookings.operations._visit import begin_by_word, check_times, is_side, last_word, say
from bookings.types import Absence, BookingState, Side
from coop.audit import operations as audit
from coop.events import publish
from coop.hours import operations as hours
from coop.hours import queries as hour_queries
from coop.hours.types import HoursKind, HoursLine
from coop.kernel import BadInput, NotAllowed, TimeRange, readable, saying
from coop.members.types import MemberRef


@transaction.atomic
def settle(
    *, by: MemberRef, at: datetime, booking_id: UUID, during: TimeRange | Absence, reason: str
) -> None:
    """Say what holds when the two sides differ, or when neither spoke after the visit was over.

    An absence holds only where nothing is written: what both agreed on stays paid.
    Both are told. Nobody settles a visit of her own. The hours are corrected by new rows.
    """
    if not by.has("coordinator"):
        raise NotAllowed("coordinator_only", _("The coordinator settles a difference."))
    _check_reason(reason)
    row = hold(by, booking_id)
    if is_side(by, row):
        raise NotAllowed("own_visit", _("Somebody else settles a visit of your own."))
    if isinstance(during, Absence):
        _as_not_held(by, at, row, during, reason)
        return
    visit = _open(by, at, row, during)
    if during.duration < visit.during.upper - visit.during.lower:
        raise BadInput("less_than_undisputed", _("What both sides agreed on is paid already."))
    quote = quote_for(by=by, at=at, row=row, during=during)
    say(row, Side.COORDINATOR, during, reason, at)
    _correct(by, at, visit, quote, during, reason)
    step(row, "settle", "settled")
    audit.record(
        by=by,
        at=at,
        sentence=saying("settled a visit: %(reason)s", reason=reason.strip()),
        about=("booking", row.id),
    )
    publish(
        VisitSettled(
            row.cooperative_id, row.id, visit.id, visit.worker_id, row.household_id, quote.id,
            during, at,
        )
    )  # fmt: skip
    _tell(by, at, row, visit.worker_id, during)
    hint(row)


def _check_reason(reason: str) -> None:
    readable(reason)
    if not reason.strip() or len(reason) > 300:
        raise BadInput("reason_missing", _("Settling needs a reason of at most 300 letters."))


def _open(by: MemberRef, at: datetime, row: Booking, during: TimeRange) -> Visit:
    """The visit in dispute; one that nobody spoke about is written as the coordinator says."""
    _may_settle(row, at)
    check_times(row, during, at)
    if Visit.objects.filter(booking=row).exists():
        return Visit.objects.get(booking=row)
    if row.state == BookingState.CONFIRMED:
        begin_by_word(by=by, at=at, row=row, during=during)
    row.started_at = row.started_at or during.start
    row.ended_at = row.ended_at or during.end
    if row.state == BookingState.IN_PROGRESS:
        step(row, "dispute", "settled")
    complete(by=by, at=at, row=row, during=during)
    return Visit.objects.get(booking=row)


def _may_settle(row: Booking, at: datetime) -> None:
    unspoken = (
        row.state in {BookingState.CONFIRMED, BookingState.IN_PROGRESS}
        and row.during.upper <= at
        and last_word(row) is None
    )
    if not unspoken and row.state != BookingState.DISPUTED:
        raise moved(row, "settled")


def _as_not_held(by: MemberRef, at: datetime, row: Booking, absence: Absence, reason: str) -> None:
    _may_settle(row, at)
    if Visit.objects.filter(booking=row).exists():
        raise BadInput("less_than_undisputed", _("What both sides agreed on is paid already."))
    say(row, Side.COORDINATOR, absence, reason, at)
    audit.record(
        by=by,
        at=at,
        sentence=saying("settled a visit: %(reason)s", reason=reason.strip()),
        about=("booking", row.id),
    )
    not_held(by=by, at=at, row=row, absence=absence)
    hint(row)


def _correct(
    by: MemberRef, at: datetime, visit: Visit, quote: Quote, during: TimeRange, reason: str
) -> None:
    for line in _written(visit):
        wanted = {
            HoursKind.VISIT: during.seconds,
            HoursKind.MINIMUM_VISIT: max(quote.paid_seconds - during.seconds, 0),
        }.get(line.kind, line.paid_seconds)
        if wanted != line.paid_seconds:
            hours.correct_hours(
                by=by, at=at, entry_id=line.id, paid_seconds=wanted, reason=reason.strip()
            )


def _written(visit: Visit) -> list[HoursLine]:
    """The first rows of a visit's hours."""
    near = timedelta(hours=6)
    lines = hour_queries.hours_of(
        cooperative_id=visit.cooperative_id, worker_id=visit.worker_id,
        starting_from=visit.during.lower - near, starting_before=visit.during.upper + near,
    )  # fmt: skip
    return [x for x in lines if x.source == ("visit", visit.id) and x.corrects_id is None]


def _tell(by: MemberRef, at: datetime, row: Booking, worker_id: UUID, during: TimeRange) -> None:
    times = {"times": said_span(during, by.zone)}
    notify_worker(by, at, row, worker_id, "visit_settled", f"settled:{row.id}:worker", times)
    notify_household(by, at, row, "visit_settled", f"settled:{row.id}:household", times)
