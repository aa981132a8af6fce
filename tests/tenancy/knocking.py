"""Everybody knocks at one door, and what came is held against what the table says."""

from __future__ import annotations

from typing import Any

from tests.tenancy.conftest import Pair
from tests.tenancy.doors import (
    STRANGERS,
    address,
    books,
    expected_there,
    knock,
    meaning,
    nobody_changes,
    told,
)
from tests.tenancy.table.row import Row
from tests.tenancy.towns import ROLES


def expected(row: Row, where: str, role: str, ids: dict[str, Any]) -> str:
    return row.expected(role) if where == "here" else expected_there(row, role, ids)


def mismatches(pair: Pair, where: str, row: Row) -> list[str]:
    """What is wrong with a door for the people of one cooperative; empty when all is well.

    The thing asked for is always of `here`. What somebody let in does is undone; what somebody
    refused does is left, and must be nothing.
    """
    ids, before, wrong = pair.here.ids, books() if row.is_act else [], []
    theirs, asked = (pair.there, "") if where == "here" else (pair.here, address(row, ids))
    for role in ROLES if where == "here" else STRANGERS:
        wanted = expected(row, where, role, ids)
        with nobody_changes():
            answer = knock(pair.client(where, role), row, ids, undo=wanted == "ok")
        if (got := meaning(answer, row)) != wanted:
            wrong.append(
                f"{where}, {role}: {wanted} was declared, {got} came ({answer.status_code})"
            )
        if leaked := told(answer, theirs, asked):
            wrong.append(f"{where}, {role}: reads of the other cooperative {sorted(leaked)[:5]}")
    if row.is_act and books() != before:
        wrong.append(f"{where}: a refused act changed something")
    return wrong
