"""One line of the table: a door, and who is let in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

#: Every officer is a member here, and so is the first worker; the second one is not.
OFFICERS = "coordinator board treasurer election_committee auditor"
HOMES = "household other_household"
WORKERS = "worker other_worker"
MEMBERS = f"worker member {OFFICERS}"
ALL = f"{HOMES} {WORKERS} member {OFFICERS}"
BOOKS = "treasurer board auditor"
MONEY = f"coordinator {BOOKS}"


@dataclass(frozen=True)
class Row:
    """A url name, or an operation of the API as "GET /api/…".

    `ok` are the roles let in, `forbidden` those told that it is not theirs (403); for everybody
    else it does not exist (404). A visitor is led to sign in (401 by the API), unless `visitor`
    says otherwise. What is sent makes it an act (POST); without, it is a page (GET). Parts of the
    address and of what is sent are things of the town by name: "$booking_id".
    """

    name: str
    ok: str = ""
    forbidden: str = ""
    send: Mapping[str, Any] | None = None
    args: Mapping[str, str] = field(default_factory=dict)
    visitor: str = "sign-in"
    query: str = ""
    #: It is asked who she is before what it is about, so the other cooperative's people are told
    #: the same as ours, whether or not it exists.
    who_first: bool = False

    def __str__(self) -> str:
        return self.name

    @property
    def is_act(self) -> bool:
        return self.send is not None

    def expected(self, role: str) -> str:
        """ok, sign-in, 404, 403, 405 or 400 for this role at home."""
        if role == "visitor":
            return self.visitor
        if role in self.ok.split():
            return "ok"
        return "403" if role in self.forbidden.split() else "404"


def filled(value: Any, ids: Mapping[str, Any]) -> Any:
    """What is sent, with the town's things in place of their names."""
    if isinstance(value, str) and value.startswith("$"):
        return str(ids[value[1:]])
    if isinstance(value, Mapping):
        return {key: filled(one, ids) for key, one in value.items()}
    return value


def names_a_thing(row: Row, parts: set[str], ids: Mapping[str, Any]) -> bool:
    """Whether address or body carry the id of something of the town."""
    keys = {row.args.get(part, part) for part in parts}
    keys |= {v[1:] for v in (row.send or {}).values() if isinstance(v, str) and v.startswith("$")}
    return any(isinstance(ids.get(key), UUID) for key in keys)
