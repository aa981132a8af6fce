"""The sandbox's own switches: `/_journal` to compare books with, `/_test/…` to steer it."""

from __future__ import annotations

import json
from typing import Any

from payments.sandbox import cards, customers, faults, intents
from payments.sandbox.errors import ApiError, Json, invalid
from payments.sandbox.world import World


def answer(world: World, method: str, path: str, body: str) -> Json:
    try:
        wish: Json = json.loads(body) if body else {}
    except json.JSONDecodeError as error:
        raise invalid("The sandbox's switches take JSON.") from error
    match method, path.strip("/").split("/"):
        case "GET", ["_journal"]:
            return {"effects": journal(world)}
        case "GET", ["_test", "deliveries"]:
            rows = world.store.run("SELECT * FROM deliveries ORDER BY seq")
            return {"deliveries": [dict(row) for row in rows]}
        case "POST", ["_test", "faults"]:
            return faults.order(world, wish)
        case "DELETE", ["_test", "faults"]:
            return faults.clear(world)
        case "POST", ["_test", "clock"]:
            return _clock(world, int(wish["advance_seconds"]))
        case "POST", ["_test", "webhooks"]:
            return _webhooks(world, wish)
        case "POST", ["_test", "webhooks", "flush"]:
            return _flush(world)
        case "POST", ["_test", "events", event_id, "deliver"]:
            world.find("event", event_id, param="id", status=404)
            world.queue(event_id, times=int(wish.get("times", 1)))
            return {"queued": event_id}
        case "POST", ["_test", "intents", object_id, "authenticate"]:
            return _authenticate(world, object_id, succeed=wish.get("succeed", True))
    raise ApiError(404, "invalid_request_error", f"The sandbox has no switch {path}.")


def journal(world: World) -> list[Json]:
    rows = world.store.run("SELECT * FROM effects ORDER BY seq")
    return [{**dict(row), "metadata": json.loads(row["metadata"])} for row in rows]


def _clock(world: World, seconds: int) -> Json:
    if seconds < 0:
        raise invalid("Sandbox time moves forward only.", param="advance_seconds")
    offset = world.store.setting("clock", {"offset": 0})["offset"] + seconds
    world.store.set("clock", {"offset": offset})
    intents.expire_holds(world)
    return {"now": world.now()}


def _webhooks(world: World, wish: Json) -> Json:
    """{"hold": bool, "duplicates": int, "shuffle": bool}: how events go out from now on."""
    mode: dict[str, Any] = {
        "hold": bool(wish.get("hold", False)),
        "duplicates": int(wish.get("duplicates", 0)),
        "shuffle": bool(wish.get("shuffle", False)),
    }
    world.store.set("webhooks", mode)
    return mode


def _flush(world: World) -> Json:
    rows = world.store.run("UPDATE deliveries SET state='due' WHERE state='held' RETURNING seq")
    return {"released": len(rows)}


def _authenticate(world: World, object_id: str, *, succeed: bool) -> Json:
    """The card's owner answers her bank's question (3-D Secure)."""
    kind = "setup_intent" if object_id.startswith("seti_") else "payment_intent"
    body = world.find(kind, object_id, param="id", status=404)
    if body["status"] != "requires_action":
        raise invalid(f"Nothing to authenticate: the status is {body['status']}.")
    how = ("authentication_failed", "authentication_failed")
    if kind == "setup_intent":
        if not succeed:
            return customers.fail_setup(world, body, how)
        return customers.succeed_setup(world, body)
    if not succeed:
        method = world.find("payment_method", body["payment_method"], param="payment_method")
        return intents.fail(world, body, cards.shown(method), how)
    return intents.authorise(world, body)
