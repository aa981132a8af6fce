"""Faults on order: what goes wrong with the next calls of a kind."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass

from payments.sandbox.errors import Json, invalid
from payments.sandbox.world import World

#: error_before: 500, nothing happened, the 500 is saved under the key. error_after: it happened,
#: the caller gets 500 and so does every retry. drop_before: closed, nothing happened, nothing
#: saved. drop_after: it happened, the connection closes. timeout_after: the same, after a wait.
FAULTS = ("error_before", "error_after", "drop_before", "drop_after", "timeout_after", "too_many")


@dataclass(frozen=True)
class Fault:
    kind: str
    milliseconds: int


def order(world: World, wish: Json) -> Json:
    """{"kind", "method"="POST", "path"="*" (a glob), "times"=1, "milliseconds"=0}."""
    if wish.get("kind") not in FAULTS:
        raise invalid(f"A fault is one of {', '.join(FAULTS)}.", param="kind")
    row = (
        wish.get("method", "POST"), wish.get("path", "*"), wish["kind"],
        int(wish.get("times", 1)), int(wish.get("milliseconds", 0)),
    )  # fmt: skip
    world.store.run(
        "INSERT INTO faults (method, path, kind, remaining, milliseconds) VALUES (?, ?, ?, ?, ?)",
        *row,
    )
    return {"ordered": wish}


def take(world: World, method: str, path: str) -> Fault | None:
    for row in world.store.run("SELECT * FROM faults WHERE remaining > 0 ORDER BY seq"):
        if row["method"] == method and fnmatch.fnmatch(path, row["path"]):
            world.store.run("UPDATE faults SET remaining = remaining - 1 WHERE seq = ?", row["seq"])
            return Fault(row["kind"], row["milliseconds"])
    return None


def clear(world: World) -> Json:
    world.store.run("DELETE FROM faults")
    return {"cleared": True}
