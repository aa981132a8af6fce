"""Who somebody is here is found in two questions to the database, whatever she is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from coop.kernel import NotFound
from coop.members import queries
from coop.members.models import User
from tests.factories import found_town, make_household, make_worker

pytestmark = pytest.mark.django_db


def test_two_questions_say_where_and_what_she_is(django_assert_num_queries: Any) -> None:
    here, _there = found_town(), found_town()
    worker, person = make_worker(here), here.offices["board"]
    with django_assert_num_queries(2):
        assert [card.id for card in queries.cooperatives_of(person)] == [here.id]
        chair = queries.ref_for(person_id=person, cooperative_id=here.id, on=here.at.date())
    assert (chair.offices, chair.worker_id, chair.household_id) == (
        frozenset({"board"}),
        None,
        None,
    )
    assert chair.membership_id
    assert worker.person_id
    hers = queries.ref_for(
        person_id=worker.person_id, cooperative_id=here.id, on=here.at.date() + timedelta(days=1)
    )
    assert (hers.worker_id, hers.offices) == (worker.worker_id, frozenset())


def test_a_household_has_its_own_and_no_vote() -> None:
    town = found_town()
    household, _address = make_household(town)
    assert household.person_id
    ref = queries.ref_for(person_id=household.person_id, cooperative_id=town.id, on=town.at.date())
    assert (ref.household_id, ref.membership_id, ref.can_vote) == (
        household.household_id, None, False,
    )  # fmt: skip


def test_nobody_unknown_closed_or_of_elsewhere_is_anybody_here() -> None:
    here, there = found_town(), found_town()
    on, closed = here.at.date(), here.offices["treasurer"]
    User.objects.filter(id=closed).update(is_active=False)
    for person, place in (
        (uuid4(), here.id), (there.offices["board"], here.id),
        (here.offices["board"], uuid4()), (closed, here.id),
    ):  # fmt: skip
        with pytest.raises(NotFound) as refused:
            queries.ref_for(person_id=person, cooperative_id=place, on=on)
        assert refused.value.code == "not_of_this_cooperative"
