"""One request from authorisation to answer, in one transaction of the journal."""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import dataclass, field

import stripe

from payments.sandbox import control, intents, routes, wire
from payments.sandbox.errors import ApiError, Json, invalid, server_error
from payments.sandbox.faults import Fault, take
from payments.sandbox.reading import expand
from payments.sandbox.store import Store
from payments.sandbox.world import World, random_text

KEEP_KEYS_SECONDS = 24 * 3600
_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(\.[a-z_]+)?(; ?[a-z0-9_=.]+)*")


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: str
    body: str
    headers: dict[str, str]  # lower-case names


@dataclass(frozen=True)
class Answer:
    """What to send; with `drop` the connection is closed instead, after `wait_ms`."""

    status: int
    body: Json
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    wait_ms: int = 0


@dataclass(frozen=True)
class Desk:
    store: Store
    api_key: str

    def answer(self, request: Request) -> Answer:
        request_id = f"req_{random_text(14)}"
        headers = {
            "Request-Id": request_id,
            "Stripe-Version": request.headers.get("stripe-version", stripe.api_version),
        }
        with self.store.transaction():
            world = World(self.store, request_id, request.headers.get("idempotency-key"))
            intents.expire_holds(world)
            try:
                self._authorise(request)
                if request.path.startswith("/_"):
                    return Answer(200, control.answer(world, request.method, request.path,
                                                      request.body), headers)  # fmt: skip
                answer = self._api(world, request)
            except ApiError as error:
                answer = Answer(error.status, error.body)
        return Answer(
            answer.status, answer.body, {**headers, **answer.headers}, answer.drop, answer.wait_ms
        )

    def _authorise(self, request: Request) -> None:
        given = request.headers.get("authorization", "")
        wanted = f"Bearer {self.api_key}"
        if not hmac.compare_digest(given.encode(), wanted.encode()):
            raise ApiError(401, "invalid_request_error", "Invalid API Key provided.")
        version = request.headers.get("stripe-version")
        if version is not None and _VERSION.fullmatch(version) is None:
            raise invalid(f"Invalid Stripe API version: {version}")

    def _api(self, world: World, request: Request) -> Answer:
        route, object_id = routes.find(request.method, request.path)
        raw = wire.decode_form(request.body if request.method == "POST" else request.query)
        key = world.idempotency_key if request.method == "POST" else None
        if key is not None and len(key) > 255:
            raise invalid("Idempotency keys are at most 255 characters long.")
        print_ = json.dumps([request.method, request.path, raw], sort_keys=True)
        saved = self._saved(world, key, print_)
        fault = take(world, request.method, request.path)
        if saved is not None:
            return _closing(saved, fault)
        if fault is not None and fault.kind == "drop_before":
            return Answer(0, {}, drop=True, wait_ms=fault.milliseconds)
        if fault is not None and fault.kind == "too_many":
            raise ApiError(429, "invalid_request_error", "Too many requests.", code="rate_limit")
        params = wire.check(route.params, raw)
        answer = self._run(world, route, params, object_id, fault)
        if key is not None:
            self.store.run(
                "INSERT INTO idempotency VALUES (?, ?, ?, ?, ?)",
                key, print_, answer.status, json.dumps(answer.body), world.now(),
            )  # fmt: skip
        return _closing(answer, fault)

    def _run(
        self,
        world: World,
        route: routes.Route,
        params: Json,
        object_id: str | None,
        fault: Fault | None,
    ) -> Answer:
        kind = fault.kind if fault else ""
        if kind == "error_before":
            return Answer(500, server_error().body)
        paths = params.pop("expand", [])
        try:
            answer = Answer(200, expand(world, route(world, params, object_id), paths))
        except ApiError as error:
            answer = Answer(error.status, error.body)
        return Answer(500, server_error().body) if kind == "error_after" else answer

    def _saved(self, world: World, key: str | None, print_: str) -> Answer | None:
        if key is None:
            return None
        world.store.run(
            "DELETE FROM idempotency WHERE created <= ?", world.now() - KEEP_KEYS_SECONDS
        )
        rows = world.store.run("SELECT * FROM idempotency WHERE key = ?", key)
        if not rows:
            return None
        if rows[0]["fingerprint"] != print_:
            raise ApiError(
                400,
                "idempotency_error",
                "Keys for idempotent requests can only be used with the same parameters they were"
                f" first used with. Try using a key other than '{key}'.",
            )
        body: Json = json.loads(rows[0]["body"])
        return Answer(rows[0]["status"], body, {"Idempotent-Replayed": "true"})


def _closing(answer: Answer, fault: Fault | None) -> Answer:
    """The effect stands; with a drop or time-out the caller never hears of it."""
    if fault is not None and fault.kind in ("drop_after", "timeout_after"):
        return Answer(answer.status, answer.body, answer.headers, True, fault.milliseconds)
    return answer
