"""Everybody who could be asked for a booking, gathered for pairing in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from bookings.matching import Candidate, Judged, Limits, Need, WeekHours, rank
from bookings.models import Avoidance, Booking, Offer
from bookings.policies import PAIRING_WEIGHTS
from bookings.queries.times import hours_of_workers
from bookings.rules.terms import Weights
from bookings.types import LIVE_STATES, BookingState, OfferState
from coop.hours import queries as hours
from coop.hours.types import HoursKind
from coop.kernel import TimeRange
from coop.law import queries as law
from coop.law.registry import pack
from coop.law.types import Figure
from coop.members import queries as members
from coop.members.types import WorkerCard
from governance.queries import policy_in_force

ROLLING = timedelta(days=28)
_AROUND = timedelta(days=9)
_DONE = [BookingState.DONE.value, BookingState.DISPUTED.value, BookingState.SETTLED.value]
_LIVE = [state.value for state in LIVE_STATES]


@dataclass(frozen=True, slots=True)
class Pairing:
    """A round of pairing: everybody judged, and the rule that weighed them."""

    judged: tuple[Judged, ...]
    names: dict[UUID, str]
    weights: Weights
    policy_version_id: UUID


def pair(booking: Booking, *, at: datetime) -> Pairing:
    """Judge every active worker for a booking, by the policy of the day it is done."""
    coop = members.cooperative(booking.cooperative_id)
    policy = policy_in_force(
        PAIRING_WEIGHTS,
        cooperative_id=coop.id,
        on=at.astimezone(ZoneInfo(coop.zone)).date(),
    )
    during = TimeRange(booking.during.lower, booking.during.upper)
    day = during.start.astimezone(ZoneInfo(coop.zone)).date()
    need = Need(
        during, coop.zone, booking.service.skill_code, booking.service.name,
        (booking.address.lat, booking.address.lon), limits(coop.country, day),
    )  # fmt: skip
    cards = members.workers(cooperative_id=coop.id, on=day)
    judged = rank(need, _candidates(booking, during, cards, at), policy.value)
    names = {card.id: card.name for card in cards}
    return Pairing(judged, names, policy.value, policy.version_id)


def limits(country: str, on: date) -> Limits:
    """The law's working time on a day."""
    found = law.working_time(pack(country), on)
    return Limits(
        week_max=_value(found.week_max),
        day_max=_value(found.day_max),
        day_max_six_days=_value(found.day_max_six_days),
        daily_rest=_value(found.daily_rest),
        weekly_rest=_value(found.weekly_rest),
        source=found.week_max.rule if found.week_max else "",
        day_source=found.day_max.rule if found.day_max else "",
    )


def _value(figure: Figure[Fraction] | None) -> Fraction | None:
    return figure.value if figure else None


def _candidates(
    booking: Booking, during: TimeRange, cards: list[WorkerCard], at: datetime
) -> list[Candidate]:
    ids = [card.id for card in cards]
    free = hours_of_workers(booking.cooperative_id, ids)
    busy = _busy(booking, during)
    received = _received(booking.cooperative_id, at)
    visits = _visits_here(booking)
    avoided, asked = _avoided(booking), _asked(booking)
    return [
        Candidate(
            worker_id=card.id,
            skills=card.skills,
            hours=free.get(card.id, WeekHours()),
            busy=tuple(busy[card.id]),
            place=_place(card),
            travels_km=card.travels_km,
            avoided=card.id in avoided,
            asked=card.id in asked,
            received_seconds=received[card.id],
            wanted_seconds=card.wanted_minutes_per_week * 60 * 4,
            visits_here=visits[card.id],
        )
        for card in cards
    ]


def _place(card: WorkerCard) -> tuple[Decimal, Decimal] | None:
    if card.home_lat is None or card.home_lon is None:
        return None
    return card.home_lat, card.home_lon


def _busy(booking: Booking, during: TimeRange) -> dict[UUID, list[TimeRange]]:
    """Her work around the visit: bookings here, and hours she told of elsewhere."""
    near = during.widen(_AROUND, _AROUND)
    rows = Booking.objects.filter(
        cooperative_id=booking.cooperative_id, worker__isnull=False,
        state__in=[*_LIVE, *_DONE], during__overlap=(near.start, near.end),
    ).exclude(id=booking.id)  # fmt: skip
    busy: dict[UUID, list[TimeRange]] = defaultdict(list)
    for worker_id, span in rows.values_list("worker_id", "during"):
        if worker_id is not None:
            busy[worker_id].append(TimeRange(span.lower, span.upper))
    for line in hours.hours_of(
        cooperative_id=booking.cooperative_id, starting_from=near.start, starting_before=near.end
    ):
        if line.kind is HoursKind.OUTSIDE and line.corrects_id is None:
            busy[line.worker_id].append(line.during)
    return busy


def _received(cooperative_id: UUID, at: datetime) -> Counter[UUID]:
    """Paid seconds of the last 28 days, and what is promised already."""
    past = hours.paid_seconds_by_worker(
        cooperative_id=cooperative_id, starting_from=at - ROLLING, starting_before=at
    )
    received = Counter(past)
    ahead = Booking.objects.filter(
        cooperative_id=cooperative_id, worker__isnull=False, state__in=_LIVE
    )
    for worker_id, seconds in ahead.values_list("worker_id", "quote__paid_seconds"):
        if worker_id is not None:
            received[worker_id] += seconds
    return received


def _visits_here(booking: Booking) -> Counter[UUID]:
    rows = Booking.objects.filter(
        cooperative_id=booking.cooperative_id, household_id=booking.household_id, state__in=_DONE
    ).values_list("worker_id", flat=True)
    return Counter(worker_id for worker_id in rows if worker_id is not None)


def _avoided(booking: Booking) -> set[UUID]:
    rows = Avoidance.objects.filter(
        cooperative_id=booking.cooperative_id, household_id=booking.household_id
    )
    return set(rows.values_list("worker_id", flat=True))


def _asked(booking: Booking) -> set[UUID]:
    """Who answered, let it pass, has it open, or had accepted and could not go."""
    rows = Offer.objects.filter(booking=booking).filter(
        Q(state__in=[OfferState.OPEN, OfferState.DECLINED, OfferState.EXPIRED])
        | Q(state=OfferState.WITHDRAWN, answered_at__isnull=False)
    )
    return set(rows.values_list("worker_id", flat=True))
