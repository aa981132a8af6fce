"""Who loses an office, a membership, a session or the database's word hears nothing more."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connections
from django.test import Client
from django.utils import timezone

from coop.home import consumers
from coop.members import operations
from coop.members.access import ref_of_person
from coop.members.models import Household, Membership, Office, User, Worker
from coop.members.types import MemberRef
from coop.realtime import members_group, office_group, person_group
from tests.factories import Town, found_town
from tests.home.listening import (
    SOON,
    before_and_after,
    cookie_of,
    hears,
    hint,
    with_socket,
)

#: How long a look may take where nobody is testing.
SHIPPED = consumers.ANSWERED_WITHIN
#: The consumer's own database thread sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town() -> Town:
    return found_town(at=timezone.now() - timedelta(days=30))


@pytest.fixture(autouse=True)
def _looks_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine answers late, and that breaks no promise here."""
    monkeypatch.setattr(consumers, "ANSWERED_WITHIN", 30)


@pytest.fixture(autouse=True)
def _close_the_sockets_own_connections() -> Iterator[None]:
    yield
    async_to_sync(sync_to_async(connections.close_all))()


def end_office(town: Town, board: MemberRef) -> None:
    office = Office.objects.get(cooperative_id=town.id, user_id=board.person_id or "")
    now = timezone.now()
    operations.end_office(by=board, at=now, office_id=office.id, on=now.date())


def end_membership(town: Town, board: MemberRef) -> None:
    end_office(town, board)
    rows = Membership.objects.filter(cooperative_id=town.id, user_id=board.person_id or "")
    rows.update(state="left")


def leave_town(town: Town, board: MemberRef) -> None:
    end_membership(town, board)
    Worker.objects.filter(cooperative_id=town.id).update(active=False)
    Household.objects.filter(cooperative_id=town.id).update(active=False)


def closed(town: Town, board: MemberRef) -> None:
    User.objects.filter(id=board.person_id or "").update(is_active=False)


@pytest.mark.parametrize(
    ("ends", "group"),
    [
        (end_office, "office"),
        (end_membership, "members"),
        (leave_town, "person"),
        (closed, "person"),
    ],
)
def test_who_loses_a_standing_hears_nothing_more(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch, ends: Any, group: str
) -> None:
    monkeypatch.setattr(consumers, "TRUSTED", 0)
    board = town.officer("board")
    assert board.person_id
    heard = before_and_after(cookie_of(client, board.person_id), _group(town, board, group),
                              lambda: ends(town, board))  # fmt: skip
    assert heard == [True, False]


def test_on_an_old_look_she_would_hear_on(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "TRUSTED", 3600)
    board = town.officer("board")
    heard = before_and_after(cookie_of(client, board.person_id), _group(town, board, "office"),
                              lambda: end_office(town, board), patience=10)  # fmt: skip
    assert heard == [True, True]


def test_signing_out_ends_what_her_open_pages_hear(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "TRUSTED", 0)
    board = town.officer("board")
    cookie = cookie_of(client, board.person_id)
    heard = before_and_after(cookie, _group(town, board, "person"),
                              lambda: client.post("/account/logout/"))  # fmt: skip
    assert heard == [True, False]


def test_a_revoked_role_hears_nothing_after_five_seconds() -> None:
    assert consumers.TRUSTED + SHIPPED < 5


def looks(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """Every look at a listener from here on."""
    taken: list[UUID] = []

    def count(person_id: UUID, cooperative_id: UUID | None = None) -> MemberRef:
        taken.append(person_id)
        return ref_of_person(person_id, cooperative_id)

    monkeypatch.setattr(consumers, "ref_of_person", count)
    return taken


def test_a_quiet_page_asks_the_database_nothing(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "TRUSTED", 0)
    taken, board = looks(monkeypatch), town.officer("board")
    group = _group(town, board, "person")

    async def talk(line: Any) -> list[int]:
        await asyncio.sleep(SOON)
        quiet = len(taken)
        assert await hears(line, group)
        return [quiet, len(taken)]

    assert with_socket(cookie_of(client, board.person_id), talk) == [1, 2]


def test_hints_that_follow_each_other_share_one_look(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, board = looks(monkeypatch), town.officer("board")
    group = _group(town, board, "person")

    async def talk(line: Any) -> list[bool]:
        return [await hears(line, group) for _ in range(5)]

    monkeypatch.setattr(consumers, "TRUSTED", 3600)
    assert with_socket(cookie_of(client, board.person_id), talk) == [True] * 5
    assert len(taken) == 1
    monkeypatch.setattr(consumers, "TRUSTED", 0)
    assert with_socket(cookie_of(client, board.person_id), talk) == [True] * 5
    assert len(taken) == 1 + 6


@pytest.mark.parametrize(("ends", "code"), [(True, 4403), (False, None)])
def test_the_line_of_a_session_that_is_over_is_closed_without_a_hint(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch, ends: bool, code: int | None
) -> None:
    monkeypatch.setattr(consumers, "TRUSTED", 0)
    monkeypatch.setattr(consumers, "RECHECK", 0.05)
    cookie = cookie_of(client, town.offices["board"])

    async def talk(line: Any) -> int | None:
        if ends:
            await sync_to_async(client.post)("/account/logout/")
        elif await line.receive_nothing(timeout=SOON, interval=0.01):
            return None
        said = await line.receive_output(timeout=5)
        return int(said["code"])

    assert with_socket(cookie, talk) == code


def test_a_hint_that_names_no_group_of_hers_is_not_passed(client: Client, town: Town) -> None:
    """What is still on its way when she leaves a group is held against the groups she is in."""
    board = town.officer("board")
    assert board.person_id

    async def talk(line: Any) -> list[bool]:
        own = person_group(board.person_id or uuid4())
        await hint(own, group=members_group(uuid4()))
        quiet = await line.receive_nothing(timeout=SOON, interval=0.01)
        return [quiet, await hears(line, own)]

    assert with_socket(cookie_of(client, board.person_id), talk) == [True, True]


def _group(town: Town, ref: MemberRef, kind: str) -> str:
    assert ref.person_id
    return {
        "office": office_group(town.id, "board"), "members": members_group(town.id),
        "person": person_group(ref.person_id),
    }[kind]  # fmt: skip


def away(*_: Any) -> Any:
    raise OSError("the database is away")


def late(person_id: UUID, cooperative_id: UUID | None = None) -> MemberRef:
    time.sleep(SOON / 4)
    return ref_of_person(person_id, cooperative_id)


@pytest.mark.parametrize(
    ("look", "within", "hears_on"), [(away, 30, False), (late, SOON / 40, False), (late, 30, True)]
)
def test_a_listener_who_cannot_be_looked_at_hears_nothing(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch, look: Any, within: float,
    hears_on: bool,
) -> None:  # fmt: skip
    """The database is away, or its answer comes later than we wait: no hint passes."""
    monkeypatch.setattr(consumers, "TRUSTED", 0)
    board = town.officer("board")

    def worsen() -> None:
        monkeypatch.setattr(consumers, "ref_of_person", look)
        monkeypatch.setattr(consumers, "ANSWERED_WITHIN", within)

    heard = before_and_after(
        cookie_of(client, board.person_id), _group(town, board, "person"), worsen,
        patience=10 if hears_on else SOON,
    )  # fmt: skip
    assert heard == [True, hears_on]
