"""Locks, in one order everywhere: the booking, then the worker's calendar."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import TransitionNotAllowed

from bookings.models import Booking, Calendar
from bookings.queries.bookings import unknown
from bookings.queries.seeing import visible_to
from bookings.types import BookingState
from coop.kernel import NotFound, RuleBroken, TimeRange
from coop.members.types import MemberRef

_SAID = {
    BookingState.REQUESTED: _("This booking waits for somebody, so that does not fit now."),
    BookingState.OFFERED: _("This booking is offered to workers, so that does not fit now."),
    BookingState.CONFIRMED: _("This booking is confirmed, so that does not fit now."),
    BookingState.IN_PROGRESS: _("This visit is under way, so that does not fit now."),
    BookingState.DONE: _("This visit is done, so that does not fit any more."),
    BookingState.EXPIRED: _("This booking has expired, so that does not fit any more."),
    BookingState.CANCELLED: _("This booking is cancelled, so that does not fit any more."),
    BookingState.DISPUTED: _("The office settles this visit, so that does not fit now."),
    BookingState.SETTLED: _("This visit is settled, so that does not fit any more."),
}


def hold(by: MemberRef, booking_id: UUID) -> Booking:
    """The booking, locked, if this person may know of it. Raises NotFound `booking_unknown`."""
    return hold_where(visible_to(by) & Q(id=booking_id))


def hold_where(where: Q) -> Booking:
    rows = Booking.objects.select_for_update(of=("self",))
    try:
        return rows.select_related("service", "address", "quote", "household").get(where)
    except Booking.DoesNotExist as missing:
        raise unknown() from missing


def hold_calendar(cooperative_id: UUID, worker_id: UUID) -> Calendar:
    """Her time, locked: nobody else takes any of it until we are done."""
    rows = Calendar.objects.select_for_update()
    try:
        return rows.get(cooperative_id=cooperative_id, worker_id=worker_id)
    except Calendar.DoesNotExist as missing:
        raise NotFound("calendar_unknown", "This worker is not known here.") from missing


def moved(row: Booking, wanted: str) -> RuleBroken:
    """The refusal of a step that does not follow from where the booking is."""
    said = str(_SAID[BookingState(row.state)])
    return RuleBroken("booking_moved", said, state=row.state, wanted=wanted)


def step(row: Booking, transition: str, wanted: str) -> None:
    """Take one step along the states and keep it; a step that does not follow is refused."""
    try:
        getattr(row, transition)()
    except TransitionNotAllowed as error:
        raise moved(row, wanted) from error
    row.version += 1
    row.save()


def span(row: Booking) -> TimeRange:
    return TimeRange(row.during.lower, row.during.upper)
