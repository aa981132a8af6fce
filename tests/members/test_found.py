"""A cooperative is founded and people come to stand in it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from coop.audit.models import Entry
from coop.kernel import NotFound, RuleBroken
from coop.members import queries
from coop.members.models import Cooperative, Membership
from tests.factories import found_town, make_household, make_worker

pytestmark = pytest.mark.django_db


def test_an_office_gives_its_rights_for_its_term_only() -> None:
    town = found_town()
    treasurer = town.offices["treasurer"]
    assert town.ref(treasurer).has("treasurer")
    assert not town.ref(treasurer, on=date(2030, 1, 1)).has("treasurer")


def test_the_same_slug_is_refused_and_changes_nothing() -> None:
    found_town(slug="ubuntu")
    before = Entry.objects.count()
    with pytest.raises(RuleBroken, match="ubuntu"):
        found_town(slug="ubuntu")
    assert Cooperative.objects.count() == 1
    assert Entry.objects.count() == before


def test_a_stranger_to_a_cooperative_is_nothing_there() -> None:
    here, there = found_town(), found_town()
    worker = make_worker(here)
    assert worker.person_id is not None
    with pytest.raises(NotFound):
        there.ref(worker.person_id)


def test_a_household_is_not_a_member_and_has_no_vote() -> None:
    ref, _ = make_household(found_town())
    assert ref.household_id
    assert not ref.can_vote


def test_workers_come_with_the_skills_valid_on_the_day() -> None:
    town = found_town()
    worker = make_worker(town, skills=("cleaning", "elder-care"))
    [card] = queries.workers(cooperative_id=town.id, on=date(2026, 3, 2))
    assert card.id == worker.worker_id
    assert card.skills == {"cleaning", "elder-care"}
    [before] = queries.workers(cooperative_id=town.id, on=date(2026, 3, 1))
    assert before.skills == frozenset()


def test_the_database_refuses_an_impossible_step_of_membership() -> None:
    town = found_town()
    row = Membership.objects.filter(cooperative_id=town.id).first()
    assert row is not None
    with pytest.raises(IntegrityError, match="membership_moves"), transaction.atomic():
        Membership.objects.filter(id=row.id).update(state="applicant")


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE coop_audit_entry SET sentence = ''",
        "TRUNCATE coop_audit_entry",
        "DELETE FROM coop_audit_entry",
    ],
)
def test_the_trail_cannot_be_changed_even_by_hand(act: str) -> None:
    found_town()
    with (
        pytest.raises(IntegrityError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)
