"""What the verbs of a finished visit share: who speaks, what was said, when it may have been."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from bookings.events import VisitStarted
from bookings.models import Booking, Declaration
from bookings.operations._hold import moved, span, step
from bookings.operations._tell import notify_household, notify_worker, said_span
from bookings.policies import SILENCE
from bookings.types import Absence, BookingState, Side
from coop.events import publish
from coop.kernel import BadInput, NotAllowed, TimeRange, readable
from coop.members.types import MemberRef
from coop.outbox import operations as outbox
from governance.queries import policy_in_force

AROUND = timedelta(hours=6)


def side_of(by: MemberRef, row: Booking) -> Side:
    """As whom a person speaks about a visit. Raises NotAllowed `not_her_visit`."""
    if by.worker_id is not None and by.worker_id == row.worker_id:
        return Side.WORKER
    if by.household_id is not None and by.household_id == row.household_id:
        return Side.HOUSEHOLD
    raise NotAllowed("not_her_visit", _("Only the two sides say when the visit was."))


def is_side(by: MemberRef, row: Booking) -> bool:
    """Whether a visit is her own, whatever offices she holds."""
    worker = by.worker_id is not None and by.worker_id == row.worker_id
    return worker or (by.household_id is not None and by.household_id == row.household_id)


def other(side: Side) -> Side:
    return Side.HOUSEHOLD if side is Side.WORKER else Side.WORKER


def last_word(row: Booking, side: Side | None = None) -> Declaration | None:
    """The latest word of a side, or of whoever spoke last.

    Once they met, an earlier word that nobody was there is over.
    """
    rows = Declaration.objects.filter(booking=row)
    if met(row):
        rows = rows.filter(absence="")
    if side is not None:
        rows = rows.filter(side=side)
    return rows.order_by("-said_at", "-id").first()


def met(row: Booking) -> bool:
    """Whether both sides said that she was there."""
    return row.worker_arrived_at is not None and row.household_arrived_at is not None


def may_speak(row: Booking, at: datetime) -> None:
    """Also when nobody checked in, once the booked start has passed."""
    forgotten = row.state == BookingState.CONFIRMED and at > row.during.lower
    if not (forgotten or row.state == BookingState.IN_PROGRESS):
        raise moved(row, "declared")


def check_note(note: str) -> None:
    readable(note)
    if len(note) > 500:
        raise BadInput("note_too_long", _("A note has at most 500 letters."))


def time_of(word: Declaration) -> TimeRange:
    assert word.during is not None
    return TimeRange(word.during.lower, word.during.upper)


def check_times(row: Booking, during: TimeRange, at: datetime) -> None:
    """Courtesy and sense: whole minutes that are over and near what was booked."""
    near = span(row).widen(AROUND, AROUND).contains(during)
    if during.end > at or during.seconds % 60 or not near:
        raise BadInput(
            "times_unlikely",
            _("Say whole minutes that are over, at most six hours from what was booked."),
        )


def say(
    row: Booking, side: Side, during: TimeRange | Absence, note: str, at: datetime,
    silence: UUID | None = None,
) -> Declaration:  # fmt: skip
    """Keep one side's word; `silence` is the rule under which it waits for an answer."""
    absence = during if isinstance(during, Absence) else ""
    span_ = None if isinstance(during, Absence) else DateTimeTZRange(during.start, during.end)
    return Declaration.objects.create(
        cooperative_id=row.cooperative_id, booking=row, side=side, note=note.strip(), said_at=at,
        during=span_, absence=absence, silence_version_id=silence,
    )  # fmt: skip


def speak(
    *,
    by: MemberRef,
    at: datetime,
    row: Booking,
    side: Side,
    during: TimeRange | Absence,
    note: str,
) -> None:
    """Keep the first side's word, ask the other, and promise to hear what its silence says."""
    day = at.astimezone(ZoneInfo(by.zone)).date()
    rule = policy_in_force(SILENCE, cooperative_id=row.cooperative_id, on=day)
    word = say(row, side, during, note, at, rule.version_id)
    outbox.promise(
        key=f"agree:{word.id}", effect="bookings.hear_silence",
        payload={"booking": str(row.id), "word": str(word.id)}, at=at,
        due_at=at + timedelta(hours=rule.value.hours), cooperative_id=by.cooperative_id,
    )  # fmt: skip
    gone, key = isinstance(during, Absence), f"to-confirm:{word.id}"
    times = {} if isinstance(during, Absence) else {"times": said_span(during, by.zone)}
    if side is Side.WORKER:
        name = "worker_found_nobody" if gone else "visit_to_confirm"
        notify_household(by, at, row, name, key, times)
    elif row.worker_id is not None:
        name = "household_saw_nobody" if gone else "household_said_times"
        notify_worker(by, at, row, row.worker_id, name, key, times)


def begin_by_word(*, by: MemberRef, at: datetime, row: Booking, during: TimeRange) -> None:
    """A visit nobody checked in to began when one says so: a forgotten tap costs no pay."""
    assert row.worker_id is not None
    row.started_at = during.start
    step(row, "start", "begun")
    publish(VisitStarted(row.cooperative_id, row.id, row.worker_id, row.household_id, at))


def tell_disputed(*, by: MemberRef, at: datetime, row: Booking) -> None:
    """Both hear that they do not say the same, and who settles it."""
    key = f"disputed:{row.id}"
    if row.worker_id is not None:
        notify_worker(by, at, row, row.worker_id, "visit_disputed", f"{key}:worker")
    notify_household(by, at, row, "visit_disputed", f"{key}:household")
