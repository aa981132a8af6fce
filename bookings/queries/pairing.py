"""Why her? The kept explanation of an assignment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from bookings.matching import Judged
from bookings.models import Offer, OfferRound
from bookings.queries.bookings import row as booking_row
from bookings.queries.bookings import unknown
from bookings.queries.candidates import pair
from bookings.queries.seeing import offers_visible_to
from bookings.types import CandidateLine, CheckLine, OfferState, ScoreLine, WhyHer
from coop.kernel import NotFound, Said, again
from coop.members import queries as members
from coop.members.types import MemberRef

#: What a colleague may not read about another: where she lives and when she is away.
_PRIVATE = frozenset({"distance", "leave", "avoid", "free", "travel"})


def why_her(*, by: MemberRef, offer_id: UUID) -> WhyHer:
    """The round an offer came from, names for the office only. Raises NotFound `offer_unknown`.

    Any worker-member of the cooperative may read it: no score is hidden; the household may not.
    """
    found = Offer.objects.filter(id=offer_id, cooperative_id=by.cooperative_id)
    if not (by.is_system or by.has("coordinator", "board") or by.worker_id is not None):
        found = found.filter(offers_visible_to(by))
    offer = found.select_related("round").first()
    if offer is None:
        raise NotFound("offer_unknown", "This offer is not known here.")
    return _explain(by, offer)


def why_her_of_booking(*, by: MemberRef, booking_id: UUID) -> WhyHer:
    """The same for a booking one may see, for the offer that was accepted."""
    booking = booking_row(by, booking_id)
    offer = (
        Offer.objects.filter(booking=booking, state=OfferState.ACCEPTED)
        .select_related("round")
        .first()
    )
    if offer is None:
        raise unknown()
    return _explain(by, offer)


def free_workers(*, by: MemberRef, booking_id: UUID, at: datetime) -> list[CandidateLine]:
    """Everybody judged for a booking now, the eligible first; for the coordinator."""
    if not (by.is_system or by.has("coordinator")):
        raise unknown()
    booking = booking_row(by, booking_id)
    found = pair(booking, at=at)
    return [
        line(one_of(j), found.names.get(j.candidate.worker_id, ""), False) for j in found.judged
    ]


def one_of(judged: Judged) -> dict[str, Any]:
    """A judged candidate as it is kept: JSON with exact fractions as text."""
    return {
        "worker": str(judged.candidate.worker_id),
        "rank": judged.rank,
        "metres": judged.metres,
        "total": str(judged.total),
        "checks": [[c.name, c.passed, c.why.sentence, c.why.kept] for c in judged.checks],
        "scores": [[s.name, s.weight, s.score, s.why.sentence, s.why.kept] for s in judged.scores],
    }


def line(kept: dict[str, Any], label: str, is_chosen: bool, private: bool = False) -> CandidateLine:
    """A kept candidate as somebody may read it; `private` leaves out what is hers alone."""
    checks = [CheckLine(name, ok, _why(*why)) for name, ok, *why in kept["checks"]]
    scores = [
        ScoreLine(name, weight, score, _why(*why)) for name, weight, score, *why in kept["scores"]
    ]
    if private:
        checks = [
            CheckLine(c.name, c.passed, Said("") if c.name in _PRIVATE else c.why) for c in checks
        ]
        scores = [replace(s, why=Said("")) if s.name in _PRIVATE else s for s in scores]
    return CandidateLine(
        label, kept["rank"], is_chosen, tuple(checks), tuple(scores), kept["total"]
    )


def _why(sentence: str, facts: dict[str, Any] | None = None) -> Said:
    """Rounds of before the facts were kept have only the sentence."""
    return again(sentence, facts or {})


def _explain(by: MemberRef, offer: Offer) -> WhyHer:
    kept: OfferRound = offer.round
    open_book = by.is_system or by.has("coordinator", "board")
    ids = [UUID(one["worker"]) for one in kept.candidates]
    names: dict[UUID, str] = {}
    if open_book:
        on = kept.made_at.date()
        cards = members.workers(cooperative_id=by.cooperative_id, on=on, ids=ids)
        names = {card.id: card.name for card in cards}
    return WhyHer(
        offer.id, offer.booking_id, kept.number, kept.made_at, kept.policy_version_id,
        dict(kept.weights),
        tuple(
            _labelled(by, one, worker_id, offer.worker_id == worker_id, names)
            for one, worker_id in zip(kept.candidates, ids, strict=True)
        ),
    )  # fmt: skip


def _labelled(
    by: MemberRef, kept: dict[str, Any], worker_id: UUID, chosen: bool, names: dict[UUID, str]
) -> CandidateLine:
    if by.worker_id == worker_id:
        return line(kept, by.name, chosen)
    if worker_id in names:
        return line(kept, names[worker_id], chosen)
    return line(kept, "", chosen, private=True)
