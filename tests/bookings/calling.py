"""Calling the API as a person, by her token, at a moment of the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import time_machine
from django.test import Client

from coop.members import operations
from coop.members.types import MemberRef
from tests.factories.bookings import settle_outbox

API = "/api/bookings"


class Caller:
    """A person at the API; every answer is (status, what was said)."""

    def __init__(self, ref: MemberRef, at: datetime) -> None:
        token = operations.issue_token(by=ref, at=at, name="tests")
        self.ref = ref
        self._client = Client(headers={"authorization": f"Bearer {token.text}"})

    def get(self, path: str) -> tuple[int, Any]:
        return self._read(self._client.get(API + path))

    def post(self, path: str, said: Any = None) -> tuple[int, Any]:
        return self._send(self._client.post, path, said)

    def put(self, path: str, said: Any = None) -> tuple[int, Any]:
        return self._send(self._client.put, path, said)

    def _send(self, way: Any, path: str, said: Any) -> tuple[int, Any]:
        return self._read(way(API + path, {} if said is None else said, "application/json"))

    @staticmethod
    def _read(answer: Any) -> tuple[int, Any]:
        return answer.status_code, answer.json() if answer.content else None


@contextmanager
def clock(at: datetime) -> Iterator[datetime]:
    """The doors read this moment; what is due by then is carried out first."""
    settle_outbox(at)
    with time_machine.travel(at, tick=False):
        yield at
    settle_outbox(at)
