"""I12: who read where somebody lives, and whether she might at that moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from bookings.models import Booking, Offer
from bookings.queries.addresses import FULL_BEFORE, GONE_AFTER, READ_AREA, READ_WHOLE
from bookings.types import OfferState
from coop.audit import queries as audit
from coop.audit.types import AuditLine, Check, check
from coop.members import queries as members

#: From acceptance until this: when she gave the visit back, or for good.
Turn = tuple[datetime, datetime | None]
_ACCEPTED = "accepted an offer"
_CANCELLED = ("cancelled a visit", "closed a visit that did not take place")
_ENDED = ("ended a visit", "said when a visit was")


def address_reads(*, cooperative_id: UUID) -> Check:
    """Every kept read of an address lies between acceptance and two hours after the end."""
    reads = audit.acts(cooperative_id=cooperative_id, beginning=[READ_AREA, READ_WHOLE])
    return check("I12", "address reads", len(reads), _wrong(cooperative_id, reads))


def _wrong(cooperative_id: UUID, reads: list[AuditLine]) -> Iterator[tuple[str, object]]:
    rows = Booking.objects.filter(cooperative_id=cooperative_id)
    bookings = {str(row.id): row for row in rows}
    turns = _turns(cooperative_id)
    ended = _first(cooperative_id, _ENDED)
    cancelled = _first(cooperative_id, _CANCELLED)
    for read in reads:
        row = bookings.get(read.facts.get("booking", ""))
        if row is None or str(row.address_id) != read.facts.get("address"):
            yield "an address was read that belongs to no such visit", read.id
            continue
        if not any(
            since <= read.at and (until is None or read.at <= until)
            for since, until in turns[row.id, read.actor_id]
        ):
            yield "an address was read by somebody who had not accepted the visit", read.id
        elif read.at > cancelled.get(row.id, read.at):
            yield "an address was read after the visit was cancelled", read.id
        elif read.at >= _end(row, read.at, ended) + GONE_AFTER:
            yield "an address was read more than two hours after the visit", read.id
        elif read.sentence == READ_WHOLE and read.at < row.during.lower - FULL_BEFORE:
            yield "a whole address was read more than a day before the visit", read.id


def _first(cooperative_id: UUID, beginning: tuple[str, ...]) -> dict[UUID, datetime]:
    """When it was first said of each booking."""
    found: dict[UUID, datetime] = {}
    for act in audit.acts(cooperative_id=cooperative_id, beginning=beginning):
        found.setdefault(act.about[1], act.at)
    return found


def _end(row: Booking, at: datetime, ended: dict[UUID, datetime]) -> datetime:
    """When the visit ended, as far as anybody had said so by then."""
    known = row.id in ended and ended[row.id] <= at
    end: datetime = row.ended_at if known and row.ended_at else row.during.upper
    return end


def _turns(cooperative_id: UUID) -> dict[tuple[UUID, UUID | None], list[Turn]]:
    """By booking and person: the times in which the visit was hers, by her offers and the trail."""
    turns: dict[tuple[UUID, UUID | None], list[Turn]] = defaultdict(list)
    said: dict[tuple[UUID, UUID | None], list[datetime]] = defaultdict(list)
    for act in audit.acts(cooperative_id=cooperative_id, beginning=[_ACCEPTED]):
        said[act.about[1], act.actor_id].append(act.at)
    offers = list(
        Offer.objects.filter(
            cooperative_id=cooperative_id, state__in=[OfferState.ACCEPTED, OfferState.WITHDRAWN]
        )
    )
    workers = {offer.worker_id for offer in offers}
    person_of = members.people_of_workers(cooperative_id=cooperative_id, ids=workers)
    for offer in offers:
        key = offer.booking_id, person_of.get(offer.worker_id)
        if offer.state == OfferState.ACCEPTED and offer.answered_at:
            turns[key].append((offer.answered_at, None))
        elif offer.answered_at:
            taken = [at for at in said[key] if offer.made_at <= at <= offer.answered_at]
            turns[key] += [(at, offer.answered_at) for at in taken]
    return turns
