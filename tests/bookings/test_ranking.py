"""Who is asked first, worked by hand; the order depends on nothing that should not count."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.matching import Candidate, rank
from bookings.rules.terms import Weights
from tests.factories.matching import PLACE, need, worker

FOUNDING = Weights(fairness=5, continuity=3, travel=2)
HOUR = 3600
#: 1 668 m away, as she travels 15 km: 1 − 1668/15000 = 13332/15000.
FAR = (PLACE[0] + Decimal("0.015"), PLACE[1])


def test_the_score_of_each_part_and_the_whole_by_hand() -> None:
    who = worker(received_seconds=20 * HOUR, wanted_seconds=80 * HOUR, visits_here=2, place=FAR)
    [judged] = rank(need(), [who], FOUNDING)
    assert [(s.name, s.weight, s.score) for s in judged.scores] == [
        ("fairness", 5, "3/4"),  # 20 of 80 hours received: three quarters are still wanted
        ("continuity", 3, "2/5"),  # two of the five visits that count as knowing a home
        ("travel", 2, "1111/1250"),  # 13332/15000
    ]
    # (5 × 3/4 + 3 × 2/5 + 2 × 1111/1250) / 10 = (3.75 + 1.2 + 1.7776) / 10
    assert judged.total == Fraction("0.67276")
    assert (judged.rank, judged.metres) == (1, 1668)


@pytest.mark.parametrize(
    ("who", "total"),
    [
        (worker(wanted_seconds=0), Fraction(2, 10)),  # no hours wanted: only the way, 2 × 1
        (
            worker(wanted_seconds=HOUR, received_seconds=2 * HOUR),
            Fraction(2, 10),
        ),  # more than asked
        (worker(wanted_seconds=HOUR), Fraction(7, 10)),  # nothing received: 5 × 1 + 2 × 1
        (worker(visits_here=5), Fraction(5, 10)),  # 3 × 1 + 2 × 1
        (worker(visits_here=50), Fraction(5, 10)),  # five are enough
        (worker(place=None), Fraction(1, 10)),  # half way: 2 × 1/2
    ],
)
def test_edges_of_the_score(who: Candidate, total: Fraction) -> None:
    assert rank(need(), [who], FOUNDING)[0].total == total


@pytest.mark.parametrize(
    ("weights", "order"),
    [
        (Weights(1, 0, 0), [1, 2, 3]),
        (Weights(0, 1, 0), [2, 1, 3]),
        (Weights(0, 0, 1), [3, 1, 2]),
    ],
)
def test_the_members_weights_make_the_order(weights: Weights, order: list[int]) -> None:
    people = [
        worker(1, wanted_seconds=80 * HOUR, place=FAR),
        worker(2, wanted_seconds=80 * HOUR, received_seconds=40 * HOUR, visits_here=5, place=FAR),
        worker(3, wanted_seconds=80 * HOUR, received_seconds=80 * HOUR),
    ]
    judged = rank(need(), people, weights)
    assert [one.candidate.worker_id.int for one in judged] == order
    assert [one.rank for one in judged] == [1, 2, 3]


def test_who_may_not_be_asked_is_shown_without_a_rank() -> None:
    people = [worker(1, avoided=True, visits_here=5), worker(2)]
    judged = rank(need(), people, FOUNDING)
    assert [(one.candidate.worker_id.int, one.rank) for one in judged] == [(2, 1), (1, None)]
    assert judged[1].scores


candidates = st.builds(
    lambda number, received, visits, avoided, known: worker(
        number, received_seconds=received * HOUR, wanted_seconds=80 * HOUR, visits_here=visits,
        avoided=avoided, place=FAR if known else None,
    ),
    st.integers(1, 10_000), st.integers(0, 100), st.integers(0, 8), st.booleans(), st.booleans(),
)  # fmt: skip
people = st.lists(candidates, max_size=12, unique_by=lambda one: one.worker_id)


@settings(max_examples=80, deadline=None)
@given(people, people, st.randoms())
def test_others_and_the_order_they_come_in_move_nobody(
    some: list[Candidate], more: list[Candidate], random: object
) -> None:
    known = {one.worker_id for one in some}
    mixed = [*some, *(one for one in more if one.worker_id not in known)]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    alone = [x.candidate.worker_id for x in rank(need(), some, FOUNDING) if x.rank]
    among = [x.candidate.worker_id for x in rank(need(), mixed, FOUNDING) if x.rank]
    assert [one for one in among if one in known] == alone
    assert [x.rank for x in rank(need(), mixed, FOUNDING) if x.rank] == list(
        range(1, len(among) + 1)
    )
