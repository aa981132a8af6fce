"""Who may enter: every page, act and operation of the API, for every role of both cooperatives.

The table is `tests/tenancy/table`; a door that is not in it fails here, and so does a line
without a door.
"""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from coop.api import api
from coop.home.routing import websocket_urlpatterns
from tests.tenancy.conftest import Pair
from tests.tenancy.doors import books, nobody_changes, send
from tests.tenancy.knocking import expected, mismatches
from tests.tenancy.table import api as operations
from tests.tenancy.table import office, pages
from tests.tenancy.table.row import Row

pytestmark = pytest.mark.django_db
ROWS = pages.ROWS + operations.ROWS


def _names(resolver: URLResolver, space: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= _names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            found.add(f"{space}{pattern.name or pattern.pattern}")
    return found


def _operations() -> set[str]:
    paths = api.get_openapi_schema()["paths"]
    return {f"{method.upper()} {path}" for path, known in paths.items() for method in known}


def _rooms() -> set[str]:
    return {model._meta.label for model in admin.site._registry}


def _compare(what: str, doors: set[str], told_of: set[str], where: str) -> list[str]:
    lines = [f"{what} {name} has no row: add one to {where}" for name in sorted(doors - told_of)]
    return lines + [
        f"{where} has a row for {name}, which is not there" for name in sorted(told_of - doors)
    ]


def test_every_door_has_a_row_and_every_row_a_door() -> None:
    routes = {n for n in _names(get_resolver()) if not n.startswith(("admin:", "api:"))}
    rows = {row.name for row in pages.ROWS} | set(pages.MACHINES) | pages.LIBRARY
    ours = {n for n in _names(get_resolver()) if n.startswith("admin:")}
    plain = {n.removeprefix("admin:") for n in ours if not n.startswith("admin:^") and "_" not in n}
    plain |= {"password_change", "password_change_done", "view_on_site", "app_list"}
    sockets = {str(pattern.pattern) for pattern in websocket_urlpatterns}
    folder = "tests/tenancy/table"
    wrong = [
        *_compare("The route", routes, rows, f"{folder}/pages.py"),
        *_compare(
            "The operation", _operations(), {r.name for r in operations.ROWS}, f"{folder}/api.py"
        ),
        *_compare("The admin of", _rooms(), set(office.ADMIN), f"{folder}/office.py"),
        *_compare("The socket", sockets, set(office.SOCKETS), f"{folder}/office.py"),
    ]
    assert plain >= set(office.ADMIN_PAGES)
    assert wrong == [], "\n" + "\n".join(wrong)
    names = [row.name for row in ROWS]
    assert len(names) == len(set(names)), "a door has two rows"


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_role_gets_what_the_table_says_and_a_refusal_changes_nothing(
    pair: Pair, row: Row
) -> None:
    wrong = mismatches(pair, "here", row)
    assert wrong == [], f"{row.name}\n" + "\n".join(wrong)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_for_the_other_cooperative_it_does_not_exist(pair: Pair, row: Row) -> None:
    wrong = mismatches(pair, "there", row)
    assert wrong == [], f"{row.name}\n" + "\n".join(wrong)


@pytest.mark.parametrize("row", [r for r in pages.ROWS if not r.is_act], ids=str)
@nobody_changes()
def test_a_form_sent_to_a_page_that_is_not_hers_changes_nothing(pair: Pair, row: Row) -> None:
    before, ids = books(), pair.here.ids
    for where in ("here", "there"):
        for role in ("visitor", "worker", "household", "coordinator"):
            if expected(row, where, role, ids) != "ok":
                answer = send(pair.client(where, role), row, ids)
                assert answer.status_code in {302, 404, 405}, (where, role, answer.status_code)
    assert books() == before


@pytest.mark.parametrize("name", pages.MACHINES)
def test_a_machine_without_proof_is_refused_whoever_brings_it(pair: Pair, name: str) -> None:
    before = books()
    for role in ("visitor", "board"):
        answer = pair.client("here", role).post(
            reverse(name), b"{}", content_type="application/json"
        )
        assert answer.status_code == 400
    assert books() == before
