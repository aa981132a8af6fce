"""An office may end before its term: its rights end with it, and the trail tells."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from coop.audit.models import Entry
from coop.kernel import NotFound, again
from coop.members import operations, queries
from coop.members.models import ApiToken, Office
from coop.members.types import OfficeName
from tests.factories import Town, found_town, make_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return found_town()


def treasurers(town: Town) -> Office:
    return Office.objects.get(cooperative_id=town.id, name="treasurer")


def test_from_that_day_on_she_is_no_treasurer(town: Town) -> None:
    on = town.at.date() + timedelta(days=10)
    office = treasurers(town)
    operations.end_office(by=town.officer("board"), at=town.at, office_id=office.id, on=on)
    person = town.offices["treasurer"]
    assert "treasurer" in town.ref(person, on=on - timedelta(days=1)).offices
    assert "treasurer" not in town.ref(person, on=on).offices
    told = Entry.objects.get(about_id=office.id, sentence__contains="no longer")
    assert str(again(told.sentence, told.facts)) == (
        f"Treasurer no longer holds the office treasurer from {on:%a} {on.day} {on:%b %Y}"
    )


def test_one_that_has_not_begun_never_begins(town: Town) -> None:
    on = town.at.date()
    office_id = operations.appoint(
        by=town.system, at=town.at, person_id=town.offices["auditor"], office=OfficeName.TREASURER,
        from_on=on + timedelta(days=30), until_on=on + timedelta(days=60), source="a vote",
    ).id  # fmt: skip
    operations.end_office(by=town.officer("board"), at=town.at, office_id=office_id, on=on)
    for day in (on, on + timedelta(days=30), on + timedelta(days=45)):
        assert "treasurer" not in town.ref(town.offices["auditor"], on=day).offices
    assert office_id not in {o.id for o in queries.offices(cooperative_id=town.id, on=on)}


def test_only_the_board_of_that_cooperative_ends_it_and_once(town: Town) -> None:
    office, on = treasurers(town), town.at.date() + timedelta(days=1)
    before = (Office.objects.values().get(id=office.id), Entry.objects.count())
    act: dict[str, Any] = {"at": town.at, "office_id": office.id, "on": on}
    with pytest.raises(NotFound):
        operations.end_office(by=town.officer("coordinator"), **act)
    elsewhere = found_town()
    kept = Entry.objects.count()
    with pytest.raises(NotFound):
        operations.end_office(by=elsewhere.officer("board"), **act)
    assert Office.objects.values().get(id=office.id) == before[0]
    assert Entry.objects.count() == kept
    operations.end_office(by=town.officer("board"), **act)
    with pytest.raises(NotFound, match="lasts longer"):
        operations.end_office(by=town.officer("board"), **act)


@pytest.mark.parametrize("who", ["nobody", "of another cooperative", "an applicant"])
def test_an_office_is_given_only_to_who_belongs_here(town: Town, who: str) -> None:
    applicant = operations.known_person(phone="+27825550199", name="Applicant")
    operations.apply_for_membership(by=town.system, at=town.at, person_id=applicant)
    person = {"nobody": uuid4(), "an applicant": applicant}.get(
        who, found_town().offices["auditor"]
    )
    before = (Office.objects.count(), Entry.objects.count())
    with pytest.raises(NotFound) as refused:
        operations.appoint(
            by=town.officer("board"), at=town.at, person_id=person, office=OfficeName.TREASURER,
            from_on=town.at.date(), until_on=town.at.date() + timedelta(days=9), source="a vote",
        )  # fmt: skip
    assert refused.value.code == "person_unknown"
    assert (Office.objects.count(), Entry.objects.count()) == before


def test_the_board_ends_a_token_that_was_lost_here_and_nowhere_else(town: Town) -> None:
    nomsa = make_worker(town, "Nomsa")
    token = operations.issue_token(by=nomsa, at=town.at, name="diary")
    with pytest.raises(NotFound):
        operations.revoke_token(by=found_town().officer("board"), at=town.at, token_id=token.id)
    assert ApiToken.objects.get().revoked_at is None
    operations.revoke_token(by=town.officer("board"), at=town.at, token_id=token.id)
    assert ApiToken.objects.get().revoked_at == town.at
    assert operations.use_token(at=town.at, text=token.text) is None


def test_who_left_one_cooperative_still_enters_her_other_one(town: Town) -> None:
    """`aa` stands first by name; she left it, and must not be held at its closed door."""
    from coop.members.access import ref_of_person
    from coop.members.models import Cooperative, Membership

    there = found_town()
    Cooperative.objects.filter(id=there.id).update(name="Aa first")
    person = town.offices["auditor"]
    operations.apply_for_membership(by=there.system, at=town.at, person_id=person)
    Membership.objects.filter(cooperative_id=there.id, user_id=person).update(state="left")
    assert ref_of_person(person).cooperative_id == town.id
    assert ref_of_person(person, there.id).cooperative_id == town.id
