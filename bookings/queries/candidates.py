"""Everybody who could be asked for a booking, gathered for pairing in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from bookings.matching import Candidate, Judged, Limits, Need, WeekHours, rank
from bookings.models import Avoidance, Booking
from bookings.policies import PAIRING_WEIGHTS
from bookings.queries.asked import asked_for
from bookings.queries.times import hours_of_workers
from bookings.rules.terms import Weights
from bookings.types import LIVE_STATES, BookingState
from coop.hours import queries as hours
from coop.hours.types import HoursKind, HoursLine
from coop.kernel import TimeRange, saying
from coop.law import queries as law
from coop.law.registry import pack
from coop.law.types import Figure
from coop.members import queries as members
from coop.members.types import CooperativeCard, WorkerCard
from governance.queries import policy_in_force
from governance.types import PolicyInForce

ROLLING = timedelta(days=28)
_AROUND = timedelta(days=9)
_DONE = [BookingState.DONE.value, BookingState.DISPUTED.value, BookingState.SETTLED.value]
_LIVE = [state.value for state in LIVE_STATES]
#: Paid time that is no visit of ours and yet work: the law counts all of it.
_ELSEWHERE = {HoursKind.OUTSIDE, HoursKind.TRAINING, HoursKind.ASSEMBLY}

Busy = Mapping[UUID, Sequence[TimeRange]]


@dataclass(frozen=True, slots=True)
class Pairing:
    """A round of pairing: everybody judged, and the rule that weighed them."""

    judged: tuple[Judged, ...]
    names: dict[UUID, str]
    weights: Weights
    policy_version_id: UUID


@dataclass(frozen=True, slots=True)
class Known:
    """What pairing knows of everybody, for one visit or for many."""

    place: CooperativeCard
    policy: PolicyInForce[Weights]
    cards: dict[date, list[WorkerCard]]
    hours: dict[UUID, WeekHours]
    visits: dict[UUID, list[tuple[UUID, TimeRange]]]
    elsewhere: dict[UUID, list[TimeRange]]
    received: Counter[UUID]
    been_here: Counter[tuple[UUID, UUID]]
    avoided: set[tuple[UUID, UUID]]
    asked: set[tuple[UUID, UUID]]
    again: set[tuple[UUID, UUID]]
    still_open: set[tuple[UUID, UUID]]

    def day(self, booking: Booking) -> date:
        start: datetime = booking.during.lower
        return start.astimezone(ZoneInfo(self.place.zone)).date()


def pair(booking: Booking, *, at: datetime) -> Pairing:
    """Judge every active worker for a booking, by the policy of the day it is done."""
    known = gather([booking], at=at)
    names = {card.id: card.name for card in known.cards[known.day(booking)]}
    judged = judge(known, booking, asked=known.asked | known.still_open)
    return Pairing(judged, names, known.policy.value, known.policy.version_id)


def gather(bookings: Sequence[Booking], *, at: datetime) -> Known:
    """Everything pairing asks of the database about some visits of one cooperative."""
    place = members.cooperative(bookings[0].cooperative_id)
    here, tz = place.id, ZoneInfo(place.zone)
    days = {row.during.lower.astimezone(tz).date() for row in bookings}
    cards = {day: members.workers(cooperative_id=here, on=day) for day in sorted(days)}
    policy = policy_in_force(
        PAIRING_WEIGHTS, cooperative_id=here, on=at.astimezone(tz).date()
    )  # fmt: skip
    start, end = min(r.during.lower for r in bookings), max(r.during.upper for r in bookings)
    near = TimeRange(start, end).widen(_AROUND, _AROUND)
    households = {row.household_id for row in bookings}
    asked = asked_for([row.id for row in bookings])
    return Known(
        place=place,
        policy=policy,
        cards=cards,
        hours=hours_of_workers(here, [c.id for c in next(iter(cards.values()))]),
        visits=_visits(here, near),
        elsewhere=_elsewhere(here, near),
        received=_received(here, at),
        been_here=_been_here(here, households),
        avoided=_avoided(here, households),
        asked=asked.settled,
        again=asked.again,
        still_open=asked.still_open,
    )


def judge(
    known: Known,
    booking: Booking,
    *,
    asked: Collection[tuple[UUID, UUID]],
    also: Busy | None = None,
) -> tuple[Judged, ...]:
    """Everybody's checks and rank for a visit. `also`: time that is spoken for but not kept yet."""
    during = TimeRange(booking.during.lower, booking.during.upper)
    day = known.day(booking)
    need = Need(
        during, known.place.zone, booking.service.skill_code, booking.service.name,
        (booking.address.lat, booking.address.lon), limits(known.place.country, day),
    )  # fmt: skip
    people = [
        _candidate(known, booking, card, asked, (also or {}).get(card.id, ()))
        for card in known.cards[day]
    ]
    return rank(need, people, known.policy.value)


def _candidate(
    known: Known,
    booking: Booking,
    card: WorkerCard,
    asked: Collection[tuple[UUID, UUID]],
    also: Sequence[TimeRange],
) -> Candidate:
    near = TimeRange(booking.during.lower, booking.during.upper).widen(_AROUND, _AROUND)
    visits = [span for of, span in known.visits.get(card.id, ()) if of != booking.id]
    busy = [*visits, *known.elsewhere.get(card.id, ()), *also]
    pair_of = (booking.household_id, card.id)
    return Candidate(
        worker_id=card.id,
        skills=card.skills,
        hours=known.hours.get(card.id, WeekHours()),
        busy=tuple(span for span in busy if span.overlaps(near)),
        place=_place(card),
        travels_km=card.travels_km,
        avoided=pair_of in known.avoided,
        asked=(booking.id, card.id) in asked,
        again=(booking.id, card.id) in known.again,
        received_seconds=known.received[card.id],
        wanted_seconds=card.wanted_minutes_per_week * 60 * 4,
        visits_here=known.been_here[pair_of],
    )


def limits(country: str, on: date) -> Limits:
    """The law's working time on a day."""
    found = law.working_time(pack(country), on)
    return Limits(
        week_max=_value(found.week_max),
        day_max=_value(found.day_max),
        day_max_six_days=_value(found.day_max_six_days),
        daily_rest=_value(found.daily_rest),
        weekly_rest=_value(found.weekly_rest),
        source=found.week_max.rule if found.week_max else saying("law"),
        day_source=found.day_max.rule if found.day_max else saying("law"),
    )


def _value(figure: Figure[Fraction] | None) -> Fraction | None:
    return figure.value if figure else None


def _place(card: WorkerCard) -> tuple[Decimal, Decimal] | None:
    if card.home_lat is None or card.home_lon is None:
        return None
    return card.home_lat, card.home_lon


def _visits(cooperative_id: UUID, near: TimeRange) -> dict[UUID, list[tuple[UUID, TimeRange]]]:
    """The visits each worker has around the time, whoever's they are."""
    rows = Booking.objects.filter(
        cooperative_id=cooperative_id, worker__isnull=False, state__in=[*_LIVE, *_DONE],
        during__overlap=(near.start, near.end),
    )  # fmt: skip
    found: dict[UUID, list[tuple[UUID, TimeRange]]] = defaultdict(list)
    for booking_id, worker_id, span in rows.values_list("id", "worker_id", "during"):
        if worker_id is not None:
            found[worker_id].append((booking_id, TimeRange(span.lower, span.upper)))
    return found


def _elsewhere(cooperative_id: UUID, near: TimeRange) -> dict[UUID, list[TimeRange]]:
    """Work that is no visit here, as it stands after corrections; corrected away it is none."""
    lines = hours.hours_of(
        cooperative_id=cooperative_id, starting_from=near.start, starting_before=near.end
    )
    lines = [line for line in lines if line.kind in _ELSEWHERE]
    more: Counter[UUID] = Counter()
    for line in lines:
        if line.corrects_id is not None:
            more[line.corrects_id] += line.paid_seconds
    found: dict[UUID, list[TimeRange]] = defaultdict(list)
    for line in lines:
        if line.corrects_id is None and (span := _stands(line, more)) is not None:
            found[line.worker_id].append(span)
    return found


def _stands(line: HoursLine, more: Counter[UUID]) -> TimeRange | None:
    if not more[line.id]:
        return line.during
    seconds = line.paid_seconds + more[line.id]
    end = line.during.start + timedelta(seconds=seconds)
    return TimeRange(line.during.start, end) if seconds > 0 else None


def _received(cooperative_id: UUID, at: datetime) -> Counter[UUID]:
    """Paid seconds of the last 28 days, and what is promised for the next.

    A visit months ahead takes no turn from her now: a long series would put her last for all of it.
    """
    past = hours.paid_seconds_by_worker(
        cooperative_id=cooperative_id, starting_from=at - ROLLING, starting_before=at
    )
    received = Counter(past)
    ahead = Booking.objects.filter(
        cooperative_id=cooperative_id, worker__isnull=False, state__in=_LIVE,
        during__startswith__lt=at + ROLLING,
    )  # fmt: skip
    for worker_id, seconds in ahead.values_list("worker_id", "quote__paid_seconds"):
        if worker_id is not None:
            received[worker_id] += seconds
    return received


def _been_here(cooperative_id: UUID, households: Collection[UUID]) -> Counter[tuple[UUID, UUID]]:
    rows = Booking.objects.filter(
        cooperative_id=cooperative_id, household_id__in=households, state__in=_DONE
    )
    pairs = rows.values_list("household_id", "worker_id")
    return Counter((household, worker) for household, worker in pairs if worker is not None)


def _avoided(cooperative_id: UUID, households: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Whom either side does not want, as (household, worker)."""
    rows = Avoidance.objects.filter(cooperative_id=cooperative_id, household_id__in=households)
    return set(rows.values_list("household_id", "worker_id"))
