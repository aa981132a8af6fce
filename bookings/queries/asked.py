"""Who was asked for a visit already, and who may be asked once more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from bookings.models import Offer, OfferRound
from bookings.types import OfferState

#: A visit and a worker.
Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Asked:
    """`settled`: not to be asked (again); `again`: once more; `still_open`: her offer stands."""

    settled: set[Pair]
    again: set[Pair]
    still_open: set[Pair]


def asked_for(bookings: Collection[UUID]) -> Asked:
    """Who answered, let it pass, or had accepted and could not go; and who has it open.

    Who only let one offer run out unread is asked once more, when the last round found nobody left.
    """
    rows = Offer.objects.filter(booking_id__in=bookings)
    states: dict[Pair, list[str]] = defaultdict(list)
    for booking_id, worker_id, state, answered_at in rows.values_list(
        "booking_id", "worker_id", "state", "answered_at"
    ):
        if state != OfferState.WITHDRAWN or answered_at is not None:
            states[booking_id, worker_id].append(state)
    once = {pair for pair, said in states.items() if said == [OfferState.EXPIRED]}
    ended = _nobody_left({booking_id for booking_id, _ in once})
    again = {pair for pair in once if pair[0] in ended}
    still_open = {pair for pair, said in states.items() if OfferState.OPEN in said}
    return Asked(states.keys() - still_open - again, again, still_open)


def _nobody_left(bookings: Collection[UUID]) -> set[UUID]:
    """Those whose last round of pairing had nobody in its order."""
    rounds = OfferRound.objects.filter(booking_id__in=bookings).order_by("booking_id", "-number")
    last = rounds.distinct("booking_id").values_list("booking_id", "candidates")
    return {
        booking_id
        for booking_id, candidates in last
        if all(one["rank"] is None for one in candidates)
    }
