from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.models import Booking, Declaration
from bookings.operations._complete import complete
from bookings.operations._hold import hold, moved, span, step
from bookings.operations._tell import hint
from bookings.rules.visit_times import undisputed
from bookings.types import BookingState, Side
from coop.audit import operations as audit
from coop.kernel import BadInput, NotAllowed, TimeRange
from coop.members.types import MemberRef
from coop.outbox import operations as outbox

SILENCE = timedelta(hours=24)
AROUND = timedelta(hours=6)


@transaction.atomic
def confirm_visit(*, by: MemberRef, at: datetime, booking_id: UUID) -> UUID:
    """Agree with what the other side said about the time; the hours are written. The visit's id.

    The system agrees for a household that was silent for a day.
    """
    row = hold(by, booking_id)
    if row.state != BookingState.IN_PROGRESS or row.ended_at is None:
        raise moved(row, "confirmed as done")
    said = _last(row, _other_than(by, row))
    if said is None:
        raise moved(row, "confirmed as done")
    step(row, "finish", "done")
    audit.record(by=by, at=at, sentence="agreed on a visit", about=("booking", row.id))
    visit_id = complete(by=by, at=at, row=row, during=said)
    hint(row)
    return visit_id


@transaction.atomic
def declare(
    *, by: MemberRef, at: datetime, booking_id: UUID, during: TimeRange, note: str = ""
) -> BookingState:
    """Say when the visit really was. The same as the other side: done. Otherwise: disputed.

    What nobody disputes is written and paid at once; the rest is settled by the coordinator.
    """
    row = hold(by, booking_id)
    side = _side(by, row)
    if row.state != BookingState.IN_PROGRESS:
        raise moved(row, "declared")
    _check(row, during, note, at)
    say(row, side, during, note, at)
    row.ended_at = row.ended_at or during.end
    row.version += 1
    row.save()
    audit.record(by=by, at=at, sentence="said when a visit was", about=("booking", row.id))
    other = _last(row, Side.HOUSEHOLD if side is Side.WORKER else Side.WORKER)
    if other is None:
        agree_later(by=by, at=at, row=row)
    elif other == during:
        step(row, "finish", "done")
        complete(by=by, at=at, row=row, during=during)
    else:
        step(row, "dispute", "disputed")
        complete(by=by, at=at, row=row, during=undisputed(other, during))
    hint(row)
    return BookingState(row.state)


def say(row: Booking, side: Side, during: TimeRange, note: str, at: datetime) -> None:
    """Keep one side's word."""
    Declaration.objects.create(
        cooperative_id=row.cooperative_id, booking=row, side=side,
        during=DateTimeTZRange(during.start, during.end), note=note.strip(), said_at=at,
    )  # fmt: skip


def agree_later(*, by: MemberRef, at: datetime, row: Booking) -> None:
    """After a day of silence the system agrees."""
    outbox.promise(
        key=f"agree:{row.id}", effect="bookings.confirm_visit",
        payload={"booking": str(row.id)}, due_at=at + SILENCE, at=at,
        cooperative_id=by.cooperative_id,
    )  # fmt: skip


def _side(by: MemberRef, row: Booking) -> Side:
    if by.worker_id is not None and by.worker_id == row.worker_id:
        return Side.WORKER
    if by.household_id is not None and by.household_id == row.household_id:
        return Side.HOUSEHOLD
    raise NotAllowed("not_her_visit", "Only the two sides say when the visit was.")


def _other_than(by: MemberRef, row: Booking) -> Side | None:
    """Whose word is agreed with; None: whoever spoke last."""
    if by.is_system or by.has("coordinator"):
        return None
    return Side.HOUSEHOLD if _side(by, row) is Side.WORKER else Side.WORKER


def _last(row: Booking, side: Side | None) -> TimeRange | None:
    rows = Declaration.objects.filter(booking=row)
    if side is not None:
        rows = rows.filter(side=side)
    found = rows.order_by("-said_at", "-id").first()
    return TimeRange(found.during.lower, found.during.upper) if found else None


def _check(row: Booking, during: TimeRange, note: str, at: datetime) -> None:
    if (
        during.end > at
        or during.seconds % 60
        or not span(row).widen(AROUND, AROUND).contains(during)
    ):
        raise BadInput(
            "times_unlikely",
            "Say whole minutes that are over, at most six hours from what was booked.",
        )
    if len(note) > 500 or "\x00" in note:
        raise BadInput("note_too_long", "A note has at most 500 letters.")
