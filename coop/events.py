"""Consequences inside the transaction: what one app announces and another does about it.

A reaction runs at once, in the publisher's transaction; when it fails, the cause is undone with it.
What must happen outside goes through `coop.outbox` instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

E = TypeVar("E")
_reactions: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def react_to(event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a reaction to one kind of event; in an app's `reactions.py`."""

    def register(reaction: Callable[[E], None]) -> Callable[[E], None]:
        if reaction not in _reactions[event]:
            _reactions[event].append(reaction)
        return reaction

    return register


def publish(event: object) -> None:
    """Tell every reaction, in the order they were registered. Only inside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{type(event).__name__} was published outside a transaction.")
    for reaction in tuple(_reactions[type(event)]):
        reaction(event)
