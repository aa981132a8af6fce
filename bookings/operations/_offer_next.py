from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.events import OfferMade
from bookings.matching import Judged
from bookings.models import Booking, Offer, OfferRound
from bookings.operations._hold import hold, step
from bookings.operations._tell import (
    hint,
    hint_offer,
    notify_office,
    notify_worker,
    people_of,
)
from bookings.operations._try_again import try_within_the_hour
from bookings.policies import OFFER_WINDOW
from bookings.queries.candidates import Pairing, pair
from bookings.queries.pairing import one_of
from bookings.queries.wages import wages
from bookings.rules.terms import OfferWindow
from bookings.types import BookingState, OfferState
from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import Money, NotAllowed, saying
from coop.members.types import MemberRef
from coop.outbox import operations as outbox
from governance.queries import policy_in_force


@transaction.atomic
def offer_next(*, by: MemberRef, at: datetime, booking_id: UUID) -> tuple[UUID, ...]:
    """Ask the best who were not asked yet, and keep why. Nothing to do: no offers.

    Nobody left: the coordinator hears of it once, and it is tried again within the hour.
    """
    if not (by.is_system or by.has("coordinator")):
        raise NotAllowed("coordinator_only", _("Only the coordinator sends offers by hand."))
    row = hold(by, booking_id)
    waiting = row.state in {BookingState.REQUESTED, BookingState.OFFERED} and not row.worker_id
    still_asked = Offer.objects.filter(booking=row, state=OfferState.OPEN).exists()
    if not waiting or still_asked or row.during.lower <= at:
        return ()
    found = pair(row, at=at)
    policy = policy_in_force(
        OFFER_WINDOW, cooperative_id=by.cooperative_id,
        on=at.astimezone(ZoneInfo(by.zone)).date(),
    )  # fmt: skip
    chosen = [one for one in found.judged if one.rank is not None][: policy.value.wave]
    if not chosen:
        _nobody(by, at, row, found)
        return ()
    kept = _keep(row, found, at)
    if row.state == BookingState.REQUESTED:
        step(row, "offer", "offered")
    pay = wages(by).pay(row)
    offers = [_make(by, at, row, kept, one, policy.value, pay) for one in chosen]
    audit.record(
        by=by, at=at,
        sentence=saying(
            "asked %(count)s workers in round %(number)s",
            count=len(offers), number=kept.number,
        ),
        about=("booking", row.id),
    )  # fmt: skip
    hint(row)
    return tuple(offer.id for offer in offers)


def _keep(row: Booking, found: Pairing, at: datetime) -> OfferRound:
    return OfferRound.objects.create(
        cooperative_id=row.cooperative_id, booking=row,
        number=OfferRound.objects.filter(booking=row).count() + 1,
        candidates=[one_of(one) for one in found.judged], weights=found.weights.as_dict(),
        policy_version_id=found.policy_version_id, made_at=at,
    )  # fmt: skip


def _nobody(by: MemberRef, at: datetime, row: Booking, found: Pairing) -> None:
    if row.state == BookingState.OFFERED:
        step(row, "reopen", "reopened")
    if _is_news(row, found):
        _keep(row, found, at)
        audit.record(
            by=by, at=at, sentence=saying("found nobody to ask"), about=("booking", row.id)
        )
        hint(row)
    notify_office(by, at, row, "visit_uncovered", f"uncovered:{row.id}")
    try_within_the_hour(by=by, at=at, row=row)


def _is_news(row: Booking, found: Pairing) -> bool:
    """Whether anybody was judged otherwise than before; the same round is not kept twice."""
    last = OfferRound.objects.filter(booking=row).order_by("-number").first()
    return last is None or last.candidates != [one_of(one) for one in found.judged]


def _make(
    by: MemberRef, at: datetime, row: Booking, kept: OfferRound, one: Judged, window: OfferWindow,
    pay: Money,
) -> Offer:  # fmt: skip
    worker_id = one.candidate.worker_id
    ends = min(at + timedelta(minutes=window.minutes), row.during.lower)
    offer = Offer.objects.create(
        cooperative_id=row.cooperative_id, booking=row, round=kept, worker_id=worker_id,
        code=_code(worker_id), metres=one.metres, pay_minor=pay.minor, currency=pay.currency,
        made_at=at, expires_at=ends,
    )  # fmt: skip
    outbox.promise(
        key=f"offer-expiry:{offer.id}", effect="bookings.expire_offer",
        payload={"offer": str(offer.id)}, due_at=ends, at=at, cooperative_id=by.cooperative_id,
    )  # fmt: skip
    notify_worker(
        by, at, row, worker_id, "offer_made", f"offer:{offer.id}",
        {"pay": pay, "code": offer.code, "offer": str(offer.id)},
    )  # fmt: skip
    publish(OfferMade(row.cooperative_id, row.id, offer.id, worker_id, ends, at))
    hint_offer(offer, people_of(row.cooperative_id, [worker_id])[worker_id])
    return offer


def _code(worker_id: UUID) -> str:
    """Four digits that none of her open offers has."""
    taken = set(
        Offer.objects.filter(worker_id=worker_id, state=OfferState.OPEN).values_list(
            "code", flat=True
        )
    )
    while (code := f"{secrets.randbelow(9000) + 1000}") in taken:
        continue
    return code
