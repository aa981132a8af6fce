from __future__ import annotations

import hmac
import re
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from bookings.models import Booking
from bookings.operations._check_in import EARLY, check_in
from bookings.operations._check_out import check_out
from bookings.types import MOST_WRONG_CODES, BookingState
from coop.kernel import RuleBroken
from coop.members import queries as members
from coop.members.types import MemberRef


def arrive_by_sms(person_id: UUID, text: str, at: datetime) -> str:
    """She is there, by the four digits ("4821") or for the household to confirm; the reply.

    A refusal is answered, not raised: the wrong try it counted stays counted.
    """
    now_ = Q(during__startswith__lte=at + EARLY, during__endswith__gt=at)
    rows = _hers(person_id, BookingState.CONFIRMED, now_)
    code = _digits(text)
    found = _one(rows, code)
    if found is None:
        return _nothing_to_begin(person_id, rows)
    try:
        state = check_in(
            by=_ref(person_id, found, at), at=at, booking_id=found.id, client_code=code
        )
    except RuleBroken as refused:
        return refused.message
    if state == BookingState.IN_PROGRESS:
        return _("Your visit has begun. Write LEFT when you go.")
    return _("Noted. Send ARRIVED with the household's four digits, or the household says it too.")


def leave_by_sms(person_id: UUID, text: str, at: datetime) -> str:
    """Her work is over; the reply she gets."""
    rows = _hers(person_id, BookingState.IN_PROGRESS, Q(ended_at__isnull=True))
    found = _one(rows, _digits(text))
    if found is None and rows:
        return _("You have several visits under way. Write LEFT and the four digits of one.")
    if found is None:
        return _("You have no visit under way. When you arrive, write ARRIVED and the four digits.")
    by = _ref(person_id, found, at)
    try:
        check_out(by=by, at=at, booking_id=found.id)
    except RuleBroken as refused:
        return refused.message
    clock = at.astimezone(ZoneInfo(by.zone)).strftime("%H:%M")
    return _("Noted: you left at %(clock)s. We ask the household to agree.") % {"clock": clock}


def _nothing_to_begin(person_id: UUID, rows: list[Booking]) -> str:
    if rows:
        return _("You have several visits now. Write ARRIVED and the four digits of the household.")
    if _hers(person_id, BookingState.IN_PROGRESS, Q(ended_at__isnull=True)):
        return _("Your visit has begun already. Write LEFT when you go.")
    return _("You have no visit that begins now. A visit begins at most an hour early.")


def _hers(person_id: UUID, state: BookingState, when: Q) -> list[Booking]:
    rows = Booking.objects.filter(when, worker__user_id=person_id, state=state)
    return list(rows.order_by("during", "id")[:5])


def _one(rows: list[Booking], code: str) -> Booking | None:
    """The visit that is meant: the only one, or of several the one with this code.

    A code that fits none of several counts against the first whose code is still open, so that no
    try is free.
    """
    if len(rows) <= 1 or not code:
        return rows[0] if len(rows) == 1 else None
    fitting = [row for row in rows if hmac.compare_digest(row.client_code.encode(), code.encode())]
    open_ = [row for row in rows if row.wrong_codes < MOST_WRONG_CODES]
    return (fitting or open_ or rows)[0]


def _digits(text: str) -> str:
    """The first run of digits of what follows the word, at most eight of them."""
    found = re.search(r"[0-9]{1,8}", text)
    return found.group() if found else ""


def _ref(person_id: UUID, row: Booking, at: datetime) -> MemberRef:
    here = row.cooperative_id
    zone = ZoneInfo(members.cooperative(here).zone)
    return members.ref_for(person_id=person_id, cooperative_id=here, on=at.astimezone(zone).date())
