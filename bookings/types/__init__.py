"""What crosses the bookings' door."""

from bookings.types.pairing import (
    CandidateLine,
    CheckLine,
    OfferCard,
    ScoreLine,
    WhyHer,
)
from bookings.types.prices import (
    QuoteCard,
    QuoteLineCard,
    ServiceCard,
)
from bookings.types.states import (
    LIVE_STATES,
    MOST_WRONG_CODES,
    Absence,
    BookingState,
    LineKind,
    OfferState,
    PaidBy,
    Side,
    WorkerReason,
)
from bookings.types.times import (
    AvailabilityCard,
    Conflict,
    DayException,
    SeriesResult,
    Weekly,
    Window,
)
from bookings.types.visits import (
    AddressView,
    BookingCard,
    DeclarationCard,
    Desk,
    DeskRow,
    Today,
    VisitCard,
    VisitName,
    WorkCard,
)

__all__ = [
    "LIVE_STATES",
    "MOST_WRONG_CODES",
    "Absence",
    "AddressView",
    "AvailabilityCard",
    "BookingCard",
    "BookingState",
    "CandidateLine",
    "CheckLine",
    "Conflict",
    "DayException",
    "DeclarationCard",
    "Desk",
    "DeskRow",
    "LineKind",
    "OfferCard",
    "OfferState",
    "PaidBy",
    "QuoteCard",
    "QuoteLineCard",
    "ScoreLine",
    "SeriesResult",
    "ServiceCard",
    "Side",
    "Today",
    "VisitCard",
    "VisitName",
    "Weekly",
    "WhyHer",
    "Window",
    "WorkCard",
    "WorkerReason",
]
