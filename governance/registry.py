"""What members can vote on: each app declares the questions it puts to them.

Governance sits below the apps it serves and never imports them; they register here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from coop.kernel import BadInput

T = TypeVar("T")
Terms = Any  # JSON: what a vote writes and `parse` reads


@dataclass(frozen=True)
class PolicyKey(Generic[T]):
    """One question: how its terms are read, what holds before the first vote, and the law below it.

    `parse(terms)` raises BadInput; `founding(country, on)` gives JSON terms;
    `floor(value, country, on)` raises RuleBroken `below_law` naming rule and source;
    `describe(value)` is one plain sentence.
    """

    name: str
    title: str
    parse: Callable[[Terms], T]
    founding: Callable[[str, date], Terms]
    describe: Callable[[T], str]
    floor: Callable[[T, str, date], None] = lambda value, country, on: None


_keys: dict[str, PolicyKey[Any]] = {}


def register(key: PolicyKey[T]) -> PolicyKey[T]:
    """Declare a question; in an app's `policies.py`. The same name twice is a programming error."""
    known = _keys.setdefault(key.name, key)
    if known is not key:
        raise ValueError(f"The policy key {key.name!r} is declared twice.")
    return key


def key_of(name: str) -> PolicyKey[Any]:
    """Raises BadInput `policy_unknown`."""
    if name not in _keys:
        raise BadInput("policy_unknown", f"There is no rule called {name!r} to vote on.")
    return _keys[name]


def keys() -> list[PolicyKey[Any]]:
    """All declared questions, by name."""
    return [_keys[name] for name in sorted(_keys)]
