"""The order of those who may be asked: exact fractions, ties by worker id, all of it readable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from bookings.matching.eligibility import checks
from bookings.matching.needs import Candidate, Judged, Need
from bookings.rules.terms import Weights
from bookings.types import ScoreLine
from coop.kernel import saying

#: So many visits to the same household count as knowing it well.
KNOWN_AFTER = 5
#: Who did not say where she starts from counts as half way.
UNKNOWN_WAY = Fraction(1, 2)


def rank(need: Need, candidates: Sequence[Candidate], weights: Weights) -> tuple[Judged, ...]:
    """Everybody, the eligible first and in order; nobody is left out of the explanation."""
    judged = [_judge(need, who, weights) for who in candidates]
    good = sorted(
        (one for one in judged if one.eligible),
        key=lambda one: (-one.total, str(one.candidate.worker_id)),
    )
    rest = sorted(
        (one for one in judged if not one.eligible), key=lambda one: str(one.candidate.worker_id)
    )
    return (*(replace(one, rank=n) for n, one in enumerate(good, start=1)), *rest)


def _judge(need: Need, who: Candidate, weights: Weights) -> Judged:
    lines, way = checks(need, who)
    scores = (
        _fairness(who, weights.fairness),
        _continuity(who, weights.continuity),
        _travel(who, way, weights.travel),
    )
    whole = weights.fairness + weights.continuity + weights.travel
    total = sum((Fraction(s.score) * s.weight for s in scores), Fraction(0)) / whole
    return Judged(who, lines, way, scores, total)


def _fairness(who: Candidate, weight: int) -> ScoreLine:
    """The fewer hours she got of those she wanted, the sooner she is asked."""
    if not who.wanted_seconds:
        return ScoreLine("fairness", weight, "0", saying("wants no hours"))
    share = min(Fraction(who.received_seconds, who.wanted_seconds), Fraction(1))
    got, wanted = who.received_seconds // 3600, who.wanted_seconds // 3600
    why = saying("got %(got)s of %(wanted)s h in 28 days", got=got, wanted=wanted)
    return ScoreLine("fairness", weight, str(1 - share), why)


def _continuity(who: Candidate, weight: int) -> ScoreLine:
    known = min(Fraction(who.visits_here, KNOWN_AFTER), Fraction(1))
    times = who.visits_here
    why = saying("was here once") if times == 1 else saying("was here %(times)s times", times=times)
    return ScoreLine("continuity", weight, str(known), why)


def _travel(who: Candidate, way: int | None, weight: int) -> ScoreLine:
    if way is None or not who.travels_km:
        return ScoreLine("travel", weight, str(UNKNOWN_WAY), saying("way not known"))
    near = max(1 - Fraction(way, who.travels_km * 1000), Fraction(0))
    return ScoreLine("travel", weight, str(near), saying("%(metres)s m", metres=way))
