"""Hints reach whom they concern, as who she is now, and nobody else; a page's words go nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.layers import get_channel_layer
from channels.security.websocket import OriginValidator
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone

from coop.asgi import application
from coop.home import consumers
from coop.home.routing import websocket_urlpatterns
from coop.members import operations
from coop.members.models import Household, Membership, Office, User, Worker
from coop.members.types import MemberRef
from coop.realtime import members_group, office_group, person_group
from tests.factories import Town, found_town, make_household, make_worker

#: The consumer's own database thread sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)
#: Longer than a hint takes; the second look at a listener is taken this soon in these tests.
SOON, LOOK = 0.4, 0.05
Talk = Callable[[WebsocketCommunicator], Awaitable[Any]]


@pytest.fixture
def town() -> Town:
    return found_town(at=timezone.now() - timedelta(days=30))


@pytest.fixture(autouse=True)
def _close_the_sockets_own_connections() -> Iterator[None]:
    yield
    async_to_sync(sync_to_async(connections.close_all))()


def cookie_of(client: Client, person: UUID | None) -> str:
    user = User.objects.get(id=person or "")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def socket(cookie: str = "", origin: str | None = "", app: Any = application) -> Any:
    """A page's socket; `origin` "" is ours, None is none at all."""
    headers = [(b"host", b"testserver")]
    if origin is not None:
        headers.append((b"origin", (origin or settings.SOCKET_ORIGINS[0]).encode()))
    if cookie:
        headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}".encode()))
    return WebsocketCommunicator(app, "/ws/", headers=headers)


def enters(cookie: str, origin: str | None = "", app: Any = application) -> bool:
    async def knock() -> bool:
        line = socket(cookie, origin, app)
        connected, _code = await line.connect()
        await line.disconnect()
        return bool(connected)

    return bool(async_to_sync(knock)())


def with_socket(cookie: str, talk: Talk) -> Any:
    async def call() -> Any:
        line = socket(cookie)
        connected, code = await line.connect()
        assert connected, code
        try:
            return await talk(line)
        finally:
            await line.disconnect()

    return async_to_sync(call)()


async def hint(group: str, **more: Any) -> None:
    layer: Any = get_channel_layer()
    said = {"type": "hint", "what": "offer", "id": str(uuid4()), "version": 3} | more
    await layer.group_send(group, said)


async def hears(line: Any, group: str) -> bool:
    await hint(group)
    if await line.receive_nothing(timeout=SOON, interval=0.01):
        return False
    await line.receive_json_from()
    return True


def heard_by(cookie: str, own: UUID | None, groups: list[str]) -> list[str]:
    """Which of the groups' hints come through to her before one of her own that is sent last."""

    async def talk(line: Any) -> list[str]:
        for group in groups:
            await hint(group, id=group)
        await hint(person_group(own or uuid4()), id="last")
        found = []
        while (said := (await line.receive_json_from(timeout=5))["id"]) != "last":
            found.append(said)
        return found

    found: list[str] = with_socket(cookie, talk)
    return found


@pytest.mark.parametrize(
    ("origin", "opens"),
    [
        ("", True), (None, False), ("null", False), ("https://evil.example", False),
        ("http://localhost.evil.example:8000", False), ("file://", False),
    ],
)  # fmt: skip
def test_only_a_page_of_ours_opens_a_socket(
    client: Client, town: Town, origin: str | None, opens: bool
) -> None:
    cookie = cookie_of(client, town.offices["board"])
    assert enters(cookie, origin) is opens


def test_without_the_origin_check_any_site_would_listen(client: Client, town: Town) -> None:
    cookie = cookie_of(client, town.offices["board"])
    unguarded = application.application_mapping["websocket"].application
    assert enters(cookie, "https://evil.example", unguarded)
    assert enters(cookie, None, unguarded)


def test_the_origin_check_stands_outermost() -> None:
    assert isinstance(application.application_mapping["websocket"], OriginValidator)
    assert list(application.application_mapping) == ["websocket"]
    assert settings.SOCKET_ORIGINS
    assert "*" not in settings.SOCKET_ORIGINS


def test_a_visitor_and_a_person_of_no_cooperative_hear_nothing(client: Client, town: Town) -> None:
    nobody = operations.known_person(phone="+27829999999", name="Nobody")
    assert not enters("")
    assert not enters("made-up-session")
    assert not enters(cookie_of(client, nobody))


def test_each_hears_herself_her_offices_and_her_members(client: Client, town: Town) -> None:
    there, household = found_town(at=town.at), make_household(town)[0]
    worker, board = make_worker(town), town.officer("board")
    groups = {
        name: group
        for place, coop in (("here", town), ("there", there))
        for name, group in (
            (f"{place} board", office_group(coop.id, "board")),
            (f"{place} desk", office_group(coop.id, "coordinator")),
            (f"{place} members", members_group(coop.id)),
            (f"{place} chair", person_group(coop.offices["board"])),
        )
    }
    groups["worker"] = person_group(worker.person_id or uuid4())
    groups["household"] = person_group(household.person_id or uuid4())
    names, heard = {group: name for name, group in groups.items()}, {}
    for who, person in (
        ("board", board.person_id), ("worker", worker.person_id),
        ("household", household.person_id), ("their board", there.offices["board"]),
    ):  # fmt: skip
        found = heard_by(cookie_of(Client(), person), person, list(names))
        heard[who] = {names[group] for group in found}
    assert heard == {
        "board": {"here board", "here members", "here chair"},
        "worker": {"here members", "worker"},
        "household": {"household"},
        "their board": {"there board", "there members", "there chair"},
    }


def test_a_hint_says_what_changed_and_nothing_of_it(client: Client, town: Town) -> None:
    cookie, person = cookie_of(client, town.offices["board"]), town.offices["board"]

    async def talk(line: Any) -> Any:
        await hint(person_group(person), address="12 Fig Street", version=7, id="x")
        return await line.receive_json_from()

    assert with_socket(cookie, talk) == {"what": "offer", "id": "x", "version": 7}


def test_nothing_a_page_says_is_taken_in(client: Client, town: Town) -> None:
    cookie, board = cookie_of(client, town.offices["coordinator"]), office_group(town.id, "board")

    async def talk(line: Any) -> list[bool]:
        await line.send_json_to({"type": "group_add", "group": board})
        await line.send_json_to({"type": "hint", "what": "x", "id": "1", "version": 1})
        quiet = await line.receive_nothing(timeout=SOON, interval=0.01)
        return [quiet, await hears(line, board), await hears(line, members_group(town.id))]

    assert with_socket(cookie, talk) == [True, False, True]


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
    monkeypatch.setattr(consumers, "RECHECK", LOOK)
    board = town.officer("board")
    assert board.person_id
    heard = _before_and_after(cookie_of(client, board.person_id), _group(town, board, group),
                              lambda: ends(town, board))  # fmt: skip
    assert heard == [True, False]


def test_without_the_second_look_she_would_hear_on(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "RECHECK", 3600)
    board = town.officer("board")
    heard = _before_and_after(cookie_of(client, board.person_id), _group(town, board, "office"),
                              lambda: end_office(town, board))  # fmt: skip
    assert heard == [True, True]


def test_signing_out_ends_what_her_open_pages_hear(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "RECHECK", LOOK)
    board = town.officer("board")
    cookie = cookie_of(client, board.person_id)
    heard = _before_and_after(cookie, _group(town, board, "person"),
                              lambda: client.post("/account/logout/"))  # fmt: skip
    assert heard == [True, False]


def test_the_second_look_comes_before_five_seconds() -> None:
    assert consumers.RECHECK < 5


def _group(town: Town, ref: MemberRef, kind: str) -> str:
    assert ref.person_id
    return {
        "office": office_group(town.id, "board"), "members": members_group(town.id),
        "person": person_group(ref.person_id),
    }[kind]  # fmt: skip


def _before_and_after(cookie: str, group: str, act: Callable[[], object]) -> list[bool]:
    async def talk(line: Any) -> list[bool]:
        first = await hears(line, group)
        await sync_to_async(act)()
        await asyncio.sleep(LOOK * 10)
        return [first, await _still_hears(line, group)]

    found: list[bool] = with_socket(cookie, talk)
    return found


async def _still_hears(line: Any, group: str) -> bool:
    """A closed line hears nothing either."""
    await hint(group)
    if await line.receive_nothing(timeout=SOON, interval=0.01):
        return False
    return bool((await line.receive_output())["type"] == "websocket.send")


def test_a_listener_who_cannot_be_looked_at_hears_nothing(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is away, or the look is late: no hint passes on an old look."""
    monkeypatch.setattr(consumers, "RECHECK", LOOK)
    monkeypatch.setattr(consumers, "TRUSTED", LOOK * 4)
    board = town.officer("board")

    def away(*_: Any) -> Any:
        raise OSError("the database is away")

    heard = _before_and_after(
        cookie_of(client, board.person_id), _group(town, board, "person"),
        lambda: monkeypatch.setattr(consumers, "ref_of_person", away),
    )  # fmt: skip
    assert heard == [True, False]


def test_words_that_cannot_be_read_do_not_end_the_line(client: Client, town: Town) -> None:
    cookie, person = cookie_of(client, town.offices["board"]), town.offices["board"]

    async def talk(line: Any) -> bool:
        await line.send_to(text_data="{not json")
        await line.send_to(bytes_data=bytes([0, 255]))
        return await hears(line, person_group(person))

    assert with_socket(cookie, talk) is True


def test_every_socket_is_the_one_proven_here() -> None:
    assert [str(route.pattern) for route in websocket_urlpatterns] == ["ws/"]
