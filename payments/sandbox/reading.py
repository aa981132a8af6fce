"""Retrieve, list and expand, the same for every kind of object."""

from __future__ import annotations

from collections.abc import Callable

from payments.sandbox.errors import Json, invalid, missing
from payments.sandbox.settlement import shown
from payments.sandbox.world import KINDS, World

_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "gt": int.__gt__, "gte": int.__ge__, "lt": int.__lt__, "lte": int.__le__,
}  # fmt: skip
_PAGING = ("limit", "starting_after", "ending_before", "expand", "created", "types")


def retrieve(kind: str) -> Callable[[World, Json, str], Json]:
    def read(world: World, params: Json, object_id: str) -> Json:
        return world.find(kind, object_id, param="id", status=404)

    return read


def listing(kind: str, url: str) -> Callable[[World, Json], Json]:
    def read(world: World, params: Json) -> Json:
        rows = [row for row in world.store.newest(kind) if _matches(row, params)]
        limit = params.get("limit", 10)
        if not 1 <= limit <= 100:
            raise invalid("limit must be between 1 and 100.", param="limit")
        rows, more = _page(rows, params, kind, limit)
        data = [shown(world, row) for row in rows]
        return {"object": "list", "url": url, "has_more": more, "data": data}

    return read


def _page(rows: list[Json], params: Json, kind: str, limit: int) -> tuple[list[Json], bool]:
    ids = [row["id"] for row in rows]
    for name in ("starting_after", "ending_before"):
        if name in params and params[name] not in ids:
            raise missing(kind, params[name], param=name)
    if "starting_after" in params:
        rows = rows[ids.index(params["starting_after"]) + 1 :]
    if "ending_before" in params:
        rows = rows[: ids.index(params["ending_before"])]
        return rows[-limit:], len(rows) > limit
    return rows[:limit], len(rows) > limit


def _matches(row: Json, params: Json) -> bool:
    created = params.get("created")
    if isinstance(created, int) and row["created"] != created:
        return False
    if isinstance(created, dict) and not all(
        _COMPARE[how](row["created"], bound) for how, bound in created.items()
    ):
        return False
    if "types" in params and row["type"] not in params["types"]:
        return False
    return all(row.get(key) == want for key, want in params.items() if key not in _PAGING)


def expand(world: World, body: Json, paths: list[str]) -> Json:
    """Put whole objects in the place of their ids (`latest_charge.balance_transaction`)."""
    body = shown(world, body)
    for path in paths:
        steps = path.split(".")
        if body["object"] == "list" and steps[0] == "data" and steps[1:]:
            rest = [".".join(steps[1:])]
            body = {**body, "data": [expand(world, row, rest) for row in body["data"]]}
        else:
            _expand_one(world, body, steps, path)
    return body


def _expand_one(world: World, body: Json, steps: list[str], path: str) -> None:
    node = body
    for step in steps:
        if step not in node:
            raise invalid(f"This property cannot be expanded ({path}).", param="expand")
        value = node[step]
        if value is None:
            return
        if isinstance(value, str):
            kind = KINDS.get(value.split("_", 1)[0])
            if kind is None:
                raise invalid(f"This property cannot be expanded ({path}).", param="expand")
            value = shown(world, world.find(kind, value, param="expand"))
            node[step] = value
        node = value
