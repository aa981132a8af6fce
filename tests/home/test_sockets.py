"""Hints reach whom they concern and nobody else; a page's words go nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.security.websocket import OriginValidator
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone

from coop.asgi import application
from coop.home.routing import websocket_urlpatterns
from coop.members import operations
from coop.realtime import members_group, office_group, person_group
from tests.factories import Town, found_town, make_household, make_worker
from tests.home.listening import (
    SOON,
    cookie_of,
    enters,
    heard_by,
    hears,
    hint,
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
        return [quiet, await hears(line, board, SOON), await hears(line, members_group(town.id))]

    assert with_socket(cookie, talk) == [True, False, True]


def test_words_that_cannot_be_read_do_not_end_the_line(client: Client, town: Town) -> None:
    cookie, person = cookie_of(client, town.offices["board"]), town.offices["board"]

    async def talk(line: Any) -> bool:
        await line.send_to(text_data="{not json")
        await line.send_to(bytes_data=bytes([0, 255]))
        return await hears(line, person_group(person))

    assert with_socket(cookie, talk) is True


def test_every_socket_is_the_one_proven_here() -> None:
    assert [str(route.pattern) for route in websocket_urlpatterns] == ["ws/"]
