"""Which effect is carried out by whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol


class Handler(Protocol):
    def __call__(self, payload: dict[str, Any], *, at: datetime) -> None: ...


_handlers: dict[str, Handler] = {}


def effect(name: str) -> Callable[[Handler], Handler]:
    """Register the handler of an effect; it runs in a transaction of its own.

    An outside call inside a handler may happen twice (the commit can fail after it), so it carries
    its own idempotency key.
    """

    def register(handler: Handler) -> Handler:
        _handlers[name] = handler
        return handler

    return register


def handler_of(name: str) -> Handler:
    """Raises KeyError when nobody carries out that effect; the promise is then retried."""
    return _handlers[name]


def known_effects() -> frozenset[str]:
    return frozenset(_handlers)
