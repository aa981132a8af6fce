"""No one of the board takes it over alone: a seat of trust is ended, or filled, by two keys."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from coop.audit.models import Entry
from coop.kernel import NotFound, RuleBroken, again
from coop.members import operations
from coop.members.models import Office, OfficeMotion, User
from coop.members.operations import _second_motion
from coop.members.types import MemberRef, OfficeAct, OfficeName
from tests.factories import Town, found_town
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return found_town()


def seat(town: Town, who: str) -> Office:
    name = "board" if who.startswith("board") else who
    return Office.objects.get(cooperative_id=town.id, user_id=town.offices[who], name=name)


def third(town: Town) -> MemberRef:
    """A third person of the board."""
    town.offices["board_c"] = make_member(town, "Board C")
    operations.appoint(
        by=town.system, at=town.at, person_id=town.offices["board_c"], office=OfficeName.BOARD,
        from_on=town.at.date(), until_on=date(2030, 1, 1), source="a vote",
    )  # fmt: skip
    return town.officer("board_c")


def end(town: Town, by: str, whose: str) -> OfficeAct:
    return operations.end_office(
        by=town.officer(by), at=town.at, office_id=seat(town, whose).id, on=town.at.date()
    )


def agree(town: Town, by: str, asked: OfficeAct) -> OfficeAct:
    return operations.second_motion(by=town.officer(by), at=town.at, motion_id=asked.id)


def give(
    town: Town, whom: str | UUID, office: OfficeName, from_on: date, until_on: date
) -> OfficeAct:
    person = town.offices[whom] if isinstance(whom, str) else whom
    return operations.appoint(
        by=town.officer("board"), at=town.at, person_id=person, office=office,
        from_on=from_on, until_on=until_on, source="nobody's vote",
    )  # fmt: skip


def board(town: Town) -> set[str]:
    held = Office.objects.filter(
        cooperative_id=town.id, name="board", term__contains=town.at.date()
    )
    return set(held.values_list("user__name", flat=True))


def state() -> Any:
    return (
        list(Office.objects.order_by("id").values()),
        list(OfficeMotion.objects.order_by("id").values()),
        Entry.objects.count(),
    )


def refused(code: str, act: Any) -> None:
    """The act is refused, and has changed nothing and told nobody."""
    before = state()
    with pytest.raises(RuleBroken) as said:
        act()
    assert said.value.code == code
    assert state() == before


def test_a_seat_on_the_board_ends_when_a_second_one_agrees(town: Town) -> None:
    third(town)
    asked = end(town, "board", "board_b")
    assert asked.waits
    assert board(town) == {"Board", "Board B", "Board C"}
    assert not agree(town, "board_c", asked).waits
    assert board(town) == {"Board", "Board C"}
    told = Entry.objects.filter(cooperative_id=town.id, at=town.at).order_by("id")
    assert "asked for a second key to end the office board of Board B" in {
        str(again(entry.sentence, entry.facts)) for entry in told
    }


@pytest.mark.parametrize("whose", ["election_committee", "auditor"])
def test_whoever_watches_the_board_is_not_sent_away_by_one_of_it(town: Town, whose: str) -> None:
    asked = end(town, "board", whose)
    assert asked.waits
    assert whose in town.officer(whose).offices
    agree(town, "board_b", asked)
    assert whose not in town.officer(whose).offices


def test_the_same_hand_does_not_turn_both_keys_nor_the_one_concerned(town: Town) -> None:
    third(town)
    asked = end(town, "board", "board_b")
    refused("asked_by_you", lambda: agree(town, "board", asked))
    refused("about_you", lambda: agree(town, "board_b", asked))
    refused("board_only", lambda: agree(town, "treasurer", asked))
    refused("hers_to_take_back", lambda: operations.withdraw_motion(
        by=town.officer("board_b"), at=town.at, motion_id=asked.id))  # fmt: skip
    refused("asked_already", lambda: end(town, "board_c", "board_b"))
    assert len(board(town)) == 3


def test_without_the_guard_the_database_still_refuses_and_without_both_one_hand_does_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    third(town)
    asked = end(town, "board", "board_b")
    monkeypatch.setattr(_second_motion, "_two_keys", lambda by, at, motion: None)
    for hand in ("board", "board_b"):
        with pytest.raises(IntegrityError, match="office_motion_two_people"), transaction.atomic():
            agree(town, hand, asked)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE members_officemotion DROP CONSTRAINT office_motion_two_people")
    agree(town, "board", asked)
    assert board(town) == {"Board", "Board C"}


def test_of_two_none_ends_the_other_alone(town: Town) -> None:
    refused("no_second_key", lambda: end(town, "board", "board_b"))
    assert board(town) == {"Board", "Board B"}


def test_a_friend_is_not_put_on_the_board_by_one_key(town: Town) -> None:
    friend = make_member(town, "Friend")
    asked = give(town, friend, OfficeName.BOARD, town.at.date(), date(2028, 1, 1))
    assert asked.waits
    assert "board" not in town.ref(friend).offices
    agree(town, "board_b", asked)
    assert "board" in town.ref(friend).offices


@pytest.mark.parametrize("office", ["election_committee", "auditor"])
def test_nobody_of_the_board_makes_herself_its_watcher(town: Town, office: str) -> None:
    asked = give(town, "board", OfficeName(office), town.at.date(), date(2028, 1, 1))
    assert asked.waits
    assert office not in town.officer("board").offices
    refused("asked_by_you", lambda: agree(town, "board", asked))
    agree(town, "board_b", asked)
    assert office in town.officer("board").offices


def test_a_term_that_ends_before_it_begins_is_no_term(town: Town) -> None:
    day = town.at.date()
    for office in (OfficeName.BOARD, OfficeName.TREASURER):
        for until in (day, day - timedelta(days=1)):
            refused("term_backwards", lambda o=office, u=until: give(town, "board", o, day, u))
    assert (Office.objects.count(), OfficeMotion.objects.count()) == (len(town.offices), 0)


def test_a_seat_that_was_agreed_late_does_not_begin_in_the_past(town: Town) -> None:
    friend = make_member(town, "Friend")
    asked = give(town, friend, OfficeName.BOARD, town.at.date(), date(2028, 1, 1))
    later = town.at + timedelta(days=9)
    operations.second_motion(by=town.officer("board_b"), at=later, motion_id=asked.id)
    seat = Office.objects.get(user_id=friend)
    assert (seat.term.lower, seat.term.upper) == (later.date(), date(2028, 1, 1))


def test_what_was_asked_long_ago_or_is_over_opens_nothing_and_anybody_clears_it(
    town: Town,
) -> None:
    third(town)
    week = town.at.date() + timedelta(days=7)
    short = give(town, make_member(town, "Friend"), OfficeName.BOARD, town.at.date(), week)
    old, hers = end(town, "board", "auditor"), end(town, "board", "board_b")
    end(town, "board_b", "board_b")
    by = town.officer("board_c")

    def key(asked: OfficeAct, n: int) -> None:
        operations.second_motion(by=by, at=town.at + timedelta(days=n), motion_id=asked.id)

    for asked, after in ((hers, 0), (short, 7), (old, 61)):
        refused("motion_lapsed", lambda a=asked, n=after: key(a, n))
    refused("hers_to_take_back", lambda: operations.withdraw_motion(
        by=by, at=town.at + timedelta(days=60), motion_id=old.id))  # fmt: skip
    operations.withdraw_motion(by=by, at=town.at, motion_id=hers.id)
    operations.withdraw_motion(by=by, at=town.at + timedelta(days=61), motion_id=old.id)
    assert "auditor" in town.officer("auditor").offices


def test_without_that_guard_an_old_key_still_opens(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = end(town, "board", "auditor")
    monkeypatch.setattr(OfficeMotion, "lapsed", lambda self, **_: False)
    at = town.at + timedelta(days=61)
    operations.second_motion(by=town.officer("board_b"), at=at, motion_id=asked.id)
    assert "auditor" not in town.ref(town.offices["auditor"], on=at.date()).offices


def test_a_key_of_who_left_the_board_opens_nothing(town: Town) -> None:
    third(town)
    asked = end(town, "board", "auditor")
    end(town, "board", "board")
    refused("asker_left", lambda: agree(town, "board_b", asked))
    operations.withdraw_motion(by=town.officer("board_b"), at=town.at, motion_id=asked.id)
    with pytest.raises(NotFound):
        agree(town, "board_b", asked)
    assert "auditor" in town.officer("auditor").offices


def test_everybody_steps_down_alone_from_any_office(town: Town) -> None:
    for whose in ("treasurer", "auditor", "election_committee", "coordinator", "board"):
        assert not end(town, whose, whose).waits
        assert town.officer(whose).offices == frozenset()
    with pytest.raises(NotFound):
        end(town, "treasurer", "board_b")


def test_the_last_of_the_board_stays_until_there_is_a_successor(town: Town) -> None:
    end(town, "board", "board")
    refused("last_of_the_board", lambda: end(town, "board_b", "board_b"))
    heir = make_member(town, "Heir")
    entered = operations.appoint(
        by=town.officer("board_b"), at=town.at, person_id=heir, office=OfficeName.BOARD,
        from_on=town.at.date() + timedelta(days=7), until_on=date(2030, 1, 1), source="a vote",
    )  # fmt: skip
    assert not entered.waits
    refused("last_of_the_board", lambda: end(town, "board_b", "board_b"))
    operations.end_office(
        by=town.officer("board_b"), at=town.at, office_id=seat(town, "board_b").id,
        on=town.at.date() + timedelta(days=7),
    )  # fmt: skip
    assert "board" in town.ref(heir, on=town.at.date() + timedelta(days=7)).offices


def test_the_database_itself_keeps_one_on_the_board(town: Town) -> None:
    first, last = seat(town, "board"), seat(town, "board_b")
    day = town.at.date()
    Office.objects.filter(id=first.id).update(term=DateRange(day, day + timedelta(days=1)))
    gone = Office.objects.filter(id=last.id)
    term = DateRange(day, day + timedelta(days=1))
    with pytest.raises(IntegrityError, match="board_never_empty"), transaction.atomic():
        gone.update(term=term)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE members_office DISABLE TRIGGER board_never_empty")
    gone.update(term=term)
    assert not Office.objects.filter(name="board", term__contains=day + timedelta(days=2)).exists()


def test_what_was_asked_is_not_changed_under_the_second_key(town: Town) -> None:
    asked = end(town, "board", "auditor")
    rows = OfficeMotion.objects.filter(id=asked.id)
    with pytest.raises(IntegrityError, match="office_motion_moves"), transaction.atomic():
        rows.update(office=seat(town, "treasurer"))
    agree(town, "board_b", asked)
    with pytest.raises(IntegrityError, match="office_motion_moves"), transaction.atomic():
        rows.update(state="waiting", seconded_by=None, settled_at=None)


def test_the_pages_lead_through_it(client: Client, town: Town) -> None:
    office = seat(town, "board_b")
    _as(client, town, "board")
    alone = client.get(f"/me/offices/{office.id}/").content.decode()
    assert ("Put it to the members" in alone, f"{office.id}/end" in alone) == (True, False)
    third(town)
    asks = client.get(f"/me/offices/{office.id}/").content.decode()
    assert "nobody takes it away alone" in asks
    assert client.post(f"/me/offices/{office.id}/end").headers["Location"] == "/me/people/"
    motion = OfficeMotion.objects.get()
    assert "Take it back" in client.get("/me/people/").content.decode()
    _as(client, town, "board_b")
    assert "This is about you" in client.get("/me/people/").content.decode()
    assert client.post(f"/me/offices/asked/{motion.id}/agree").status_code == 409
    _as(client, town, "board_c")
    assert "I agree" in client.get("/me/people/").content.decode()
    assert client.post(f"/me/offices/asked/{motion.id}/agree").status_code == 302
    assert Office.objects.get(id=office.id).term.upper is not None
    _as(client, town, "treasurer")
    assert "Step down" in client.get("/me/").content.decode()
    end_own = f"/me/offices/{seat(town, 'treasurer').id}/end"
    assert client.post(end_own).headers["Location"] == "/me/"
    assert "Step down" not in client.get("/me/").content.decode()


def _as(client: Client, town: Town, who: str) -> None:
    client.force_login(User.objects.get(id=town.offices[who]))
