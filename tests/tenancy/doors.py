"""Knocking at a door as somebody, and what the answer means."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from coop.members.access import _people
from coop.members.types import MemberRef
from tests.tenancy.table.row import Row, filled, names_a_thing
from tests.tenancy.towns import Furnished

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
OURS = {
    "members", "coop_notices", "coop_outbox", "coop_audit", "hours", "governance", "bookings",
    "payments_ledger", "payments_charges", "payments_payroll", "payments_surplus",
}  # fmt: skip
#: The other cooperative's people who knock; a visitor is from nowhere.
STRANGERS = (
    "household", "worker", "member", "coordinator", "board", "treasurer", "election_committee",
    "auditor",
)  # fmt: skip


def parts_of(row: Row) -> set[str]:
    """The named parts of its address."""
    if " " in row.name:
        return set(re.findall(r"{(\w+)}", row.name))
    resolver, leaf = get_resolver(), row.name
    while ":" in leaf:
        space, leaf = leaf.split(":", 1)
        resolver = resolver.namespace_dict[space][1]
    [(possible, *_rest)] = resolver.reverse_dict.getlist(leaf)[:1]
    return set(possible[0][1])


def address(row: Row, ids: dict[str, Any]) -> str:
    """Where it is for the things of a town."""
    known = {part: ids[row.args.get(part, part)] for part in parts_of(row)}
    if " " in row.name:
        return row.name.split(" ")[1].format(**known)
    return reverse(row.name, kwargs=known) + row.query


_KNOWN: dict[tuple[Any, ...], MemberRef] = {}


@contextmanager
def nobody_changes() -> Iterator[None]:
    """Who knocks is asked of the database once: what her knock does is undone before the next.

    Not for a test in which somebody's standing changes and she knocks again.
    """
    asked = _people._ref

    def known(*who: Any) -> MemberRef:
        if who not in _KNOWN:
            _KNOWN[who] = asked(*who)
        return _KNOWN[who]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_people, "_ref", known)
        yield


def knock(client: Client, row: Row, ids: dict[str, Any], *, undo: bool) -> HttpResponse:
    """One request; what somebody let in does is undone at once."""
    with transaction.atomic():
        answer = send(client, row, ids, method_of(row))
        transaction.set_rollback(undo)
    return answer


def method_of(row: Row) -> str:
    if " " in row.name:
        return row.name.split(" ")[0]
    return "POST" if row.is_act else "GET"


def send(client: Client, row: Row, ids: dict[str, Any], method: str = "") -> HttpResponse:
    """One request for good; a page is sent a form unless the method says otherwise."""
    verb, where = method or ("POST" if " " not in row.name else method_of(row)), address(row, ids)
    answer: Any
    if " " in row.name and verb != "GET":
        body = json.dumps(filled(row.send, ids))
        answer = client.generic(verb, where, body, content_type="application/json")
    elif verb == "POST":
        answer = client.post(where, filled(row.send or {}, ids))
    else:
        answer = client.get(where)
    known: HttpResponse = answer
    return known


def meaning(answer: HttpResponse, row: Row) -> str:
    """ok, sign-in, or the status as text."""
    code, to = answer.status_code, answer.headers.get("Location", "")
    if code == 401 or (code == 302 and to.startswith(("/account/login/", "/account/signup/"))):
        return "sign-in"
    let_in = {200, 201, 202, 204, 302} | ({400, 409} if row.is_act else set())
    return "ok" if code in let_in else str(code)


def expected_there(row: Row, role: str, ids: dict[str, Any]) -> str:
    """What the same role of the other cooperative gets: a thing that is named does not exist."""
    at_home = row.expected(role)
    if not names_a_thing(row, parts_of(row), ids) or (row.who_first and at_home == "403"):
        return at_home
    return "404"


def told(answer: Any, town: Furnished, asked: str = "") -> set[str]:
    """What of a town stands in the answer, apart from what was asked by name."""
    body = answer.content.decode()
    found = set(_UUID.findall(body)) & town.markers
    if town.name in body:
        found.add(town.name)
    return {one for one in found if one not in asked}


def books() -> list[tuple[str, int, int]]:
    """How many rows each table of ours has, and a sum over all they hold."""
    tables = sorted(m._meta.db_table for m in apps.get_models() if m._meta.app_label in OURS)
    one = "SELECT '{0}', count(*), coalesce(sum(hashtext(t::text)), 0) FROM {0} t"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(table) for table in tables))
        return list(cursor.fetchall())
