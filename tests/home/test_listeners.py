"""Who loses an office, a membership, a session or the database's word hears nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connections
from django.test import Client
from django.utils import timezone

from coop.home import consumers
from coop.members import operations
from coop.members.access import ref_of_person
from coop.members.models import Household, Membership, Office, User, Worker
from coop.members.types import MemberRef, OfficeName
from coop.realtime import members_group, office_group, person_group
from tests.factories import Town, found_town
from tests.home.listening import (
    LOOK,
    before_and_after,
    cookie_of,
    hears,
    with_socket,
)

#: The consumer's own database thread sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town() -> Town:
    return found_town(at=timezone.now() - timedelta(days=30))


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


def test_without_a_look_at_the_hint_she_would_hear_on(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "TRUSTED", 3600)
    board = town.officer("board")
    heard = before_and_after(cookie_of(client, board.person_id), _group(town, board, "office"),
                              lambda: end_office(town, board))  # fmt: skip
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


def test_without_a_look_at_the_hint_a_page_would_hear_on_after_signing_out(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "TRUSTED", 3600)
    board = town.officer("board")
    cookie = cookie_of(client, board.person_id)
    heard = before_and_after(cookie, _group(town, board, "person"),
                              lambda: client.post("/account/logout/"))  # fmt: skip
    assert heard == [True, True]


def test_no_look_is_trusted_for_five_seconds() -> None:
    assert consumers.TRUSTED < 5


def test_a_quiet_page_ends_with_its_session(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "RECHECK", LOOK)
    cookie = cookie_of(client, town.offices["board"])

    async def talk(line: Any) -> Any:
        await sync_to_async(client.post)("/account/logout/")
        return await line.receive_output(timeout=5)

    assert with_socket(cookie, talk) == {"type": "websocket.close", "code": 4403}


def test_a_quiet_page_hears_a_new_office_after_the_next_look(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "RECHECK", LOOK)
    board, now = town.officer("board"), timezone.now()
    group = office_group(town.id, "auditor")

    def appoint() -> None:
        assert board.person_id
        operations.appoint(
            by=town.system, at=now, person_id=board.person_id, office=OfficeName.AUDITOR,
            from_on=now.date() - timedelta(days=1), until_on=now.date() + timedelta(days=9),
            source="minutes",
        )  # fmt: skip

    async def talk(line: Any) -> list[bool]:
        before = await hears(line, group)
        await sync_to_async(appoint)()
        await asyncio.sleep(LOOK * 10)
        return [before, await hears(line, group)]

    assert with_socket(cookie_of(client, board.person_id), talk) == [False, True]


@pytest.mark.parametrize(("trusted", "looks"), [(3600, 1), (0, 3)])
def test_a_page_asks_only_when_a_hint_comes_after_an_old_look(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch, trusted: float, looks: int
) -> None:
    """One look when it opens; then none while it is quiet or the look is young."""
    monkeypatch.setattr(consumers, "TRUSTED", trusted)
    board = town.officer("board")
    seen: list[Any] = []

    def counted(*who: Any) -> MemberRef:
        seen.append(who)
        return ref_of_person(*who)

    monkeypatch.setattr(consumers, "ref_of_person", counted)

    async def talk(line: Any) -> list[bool]:
        await asyncio.sleep(LOOK * 4)
        group = office_group(town.id, "board")
        return [await hears(line, group), await hears(line, group)]

    assert with_socket(cookie_of(client, board.person_id), talk) == [True, True]
    assert len(seen) == looks


def _group(town: Town, ref: MemberRef, kind: str) -> str:
    assert ref.person_id
    return {
        "office": office_group(town.id, "board"), "members": members_group(town.id),
        "person": person_group(ref.person_id),
    }[kind]  # fmt: skip


def test_a_listener_who_cannot_be_looked_at_hears_nothing(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is away, or the look is late: no hint passes on an old look."""
    monkeypatch.setattr(consumers, "TRUSTED", 0)
    board = town.officer("board")

    def away(*_: Any) -> Any:
        raise OSError("the database is away")

    heard = before_and_after(
        cookie_of(client, board.person_id), _group(town, board, "person"),
        lambda: monkeypatch.setattr(consumers, "ref_of_person", away),
    )  # fmt: skip
    assert heard == [True, False]
