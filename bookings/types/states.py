"""The states of bookings and offers, and the other closed lists."""

from __future__ import annotations

from enum import StrEnum


class BookingState(StrEnum):
    REQUESTED = "requested"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    DISPUTED = "disputed"
    SETTLED = "settled"


#: While a booking is in one of these, its worker cannot be anywhere else.
LIVE_STATES = frozenset({BookingState.OFFERED, BookingState.CONFIRMED, BookingState.IN_PROGRESS})


#: So many wrong tries at the household's four digits close the way of the code for a visit.
MOST_WRONG_CODES = 5


class OfferState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class LineKind(StrEnum):
    """What a line of a price is for; a line's `code` says which scheme or benefit."""

    WAGE = "wage"
    TRAVEL = "travel"
    CONTRIBUTION = "contribution"
    LEAVE = "leave"
    PROVISION = "provision"
    COOPERATIVE = "cooperative"
    TAX = "tax"
    CARD = "card"


class PaidBy(StrEnum):
    CARD = "card"
    MANUAL = "manual"


class WorkerReason(StrEnum):
    """Why a worker cannot go. None of them leaves a mark."""

    ILLNESS = "illness"
    CARE = "care"
    UNSAFE = "unsafe"


class Absence(StrEnum):
    """Why a visit did not take place: the household's word, and the worker's."""

    NOBODY_CAME = "nobody_came"
    NO_ENTRY = "no_entry"


class Side(StrEnum):
    WORKER = "worker"
    HOUSEHOLD = "household"
    COORDINATOR = "coordinator"
