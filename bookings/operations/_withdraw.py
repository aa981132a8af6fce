from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from bookings.events import WorkerWithdrew
from bookings.models import Booking, Offer
from bookings.operations._hold import hold, hold_calendar, moved, step
from bookings.operations._lapse import lapse
from bookings.operations._tell import (
    hint,
    hint_offer,
    notify_household,
    notify_people,
    people_of,
)  # fmt: skip
from bookings.operations._try_again import try_others
from bookings.types import BookingState, OfferState, WorkerReason
from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import NotAllowed, RuleBroken, saying
from coop.members.types import MemberRef
from coop.outbox import operations as outbox


@transaction.atomic
def withdraw_offers(*, by: MemberRef, at: datetime, booking_id: UUID) -> int:
    """Take back the open offers of a booking; how many."""
    if not (by.is_system or by.has("coordinator")):
        raise NotAllowed("coordinator_only", "Only the coordinator takes offers back.")
    row = hold(by, booking_id)
    count = let_go_of_others(by=by, at=at, row=row, but=None)
    if row.state == BookingState.OFFERED and row.worker_id is None:
        step(row, "reopen", "reopened")
    audit.record(
        by=by,
        at=at,
        sentence=saying("took back %(count)s offers", count=count),
        about=("booking", row.id),
    )
    hint(row)
    return count


@transaction.atomic
def cancel_by_worker(
    *, by: MemberRef, at: datetime, booking_id: UUID, reason: WorkerReason
) -> None:
    """She cannot go. It leaves no mark; the visit is paired anew, without asking her again.

    From its start on nobody can be asked any more: it ends, and the household and the office hear.
    """
    row = hold(by, booking_id)
    worker_id = row.worker_id
    if worker_id is None or not (by.worker_id == worker_id or by.has("coordinator")):
        raise NotAllowed("not_her_visit", "Only she who took the visit can give it back.")
    if row.state not in {BookingState.OFFERED, BookingState.CONFIRMED}:
        raise moved(row, "given back")
    if row.during.upper <= at:
        # Giving it back now could take her pay with it: the times say whether she worked.
        raise RuleBroken(
            "visit_is_over", "The visit is over and cannot be given back. Say when it was."
        )
    hold_calendar(row.cooperative_id, worker_id)
    Offer.objects.filter(booking=row, state=OfferState.ACCEPTED).update(
        state=OfferState.WITHDRAWN, answered_at=at
    )
    step(row, "reopen", "given back")
    # The reason is hers: the trail says that, not why.
    audit.record(
        by=by, at=at, sentence=saying("could not go to a visit"), about=("booking", row.id)
    )
    try_others(by=by, at=at, freed=worker_id, during=row.during)
    publish(WorkerWithdrew(row.cooperative_id, row.id, worker_id, row.household_id, at))
    if row.during.lower <= at:
        lapse(by=by, at=at, row=row, given_back=True)
    else:
        _pair_anew(by, at, row)
    hint(row, also=(worker_id,))


def _pair_anew(by: MemberRef, at: datetime, row: Booking) -> None:
    outbox.promise(
        key=f"pair:{row.id}:{row.version}", effect="bookings.offer_next",
        payload={"booking": str(row.id)}, due_at=at, at=at, cooperative_id=by.cooperative_id,
    )  # fmt: skip
    notify_household(by, at, row, "visit_paired_anew", f"anew:{row.id}:{row.version}")


def let_go_of_others(*, by: MemberRef, at: datetime, row: Booking, but: UUID | None) -> int:
    """Withdraw what is still open, telling each that it cost her nothing."""
    open_ = Q(booking=row, state=OfferState.OPEN)
    others = list(
        Offer.objects.select_for_update()
        .filter(open_)
        .exclude(pk__in=[but] if but else [])
        .order_by("id")
    )
    people = people_of(row.cooperative_id, [offer.worker_id for offer in others])
    for offer in others:
        offer.withdraw()
        hint_offer(offer, people[offer.worker_id])
    Offer.objects.bulk_update(others, ["state"])
    keys = {people[offer.worker_id]: f"offer-gone:{offer.id}" for offer in others}
    notify_people(by, at, row, "offer_gone", keys)
    return len(others)
