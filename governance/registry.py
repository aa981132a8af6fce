"""What members can vote on: each app declares the questions it puts to them.

Governance sits below the apps it serves and never imports them; they register here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from coop.kernel import BadInput, Money

T = TypeVar("T")
Terms = Any  # JSON: what a vote writes and `parse` reads


def _as_voted(value: Any, country: str, on: date) -> Any:
    return value


@dataclass(frozen=True)
class PolicyKey(Generic[T]):
    """One question: how its terms are read, what holds before the first vote, and the law below it.

    `parse(terms)` raises BadInput; `founding(country, on)` gives JSON terms;
    `floor(value, country, on)` raises RuleBroken `below_law` with facts `rule` and `source`;
    `at_least(value, country, on)` is the value, raised to the law of the day where that asks more:
    every reading of the rule goes through it. `describe(value)` is one plain sentence;
    `decided_by` names the decision type it takes.
    `preview(before, after, who)` gives rows (what, before, after) in the reader's own terms.
    """

    name: str
    title: str
    parse: Callable[[Terms], T]
    founding: Callable[[str, date], Terms]
    describe: Callable[[T], str]
    floor: Callable[[T, str, date], None] = lambda value, country, on: None
    at_least: Callable[[T, str, date], T] = _as_voted
    decided_by: str = "ordinary"
    preview: Callable[[T, T, Any], Sequence[tuple[str, Money | str, Money | str]]] | None = None


@dataclass(frozen=True)
class Act:
    """Something members may decide that is no rule; its app carries it out on DecisionCertified.

    `check(payload, cooperative_id, on)` raises RuleBroken; `describe(payload)` is one sentence.
    """

    name: str
    title: str
    check: Callable[[Terms, UUID, date], None]
    describe: Callable[[Terms], str]
    decided_by: str = "ordinary"


_keys: dict[str, PolicyKey[Any]] = {}
_acts: dict[str, Act] = {}


def register(key: PolicyKey[T]) -> PolicyKey[T]:
    """Declare a question; in an app's `policies.py`. The same name twice is a programming error."""
    known = _keys.setdefault(key.name, key)
    if known is not key:
        raise ValueError(f"The policy key {key.name!r} is declared twice.")
    return key


def key_of(name: str) -> PolicyKey[Any]:
    """Raises BadInput `policy_unknown`."""
    if name not in _keys:
        raise BadInput("policy_unknown", "There is no rule called %(name)r to vote on.", name=name)
    return _keys[name]


def keys() -> list[PolicyKey[Any]]:
    """All declared questions, by name."""
    return [_keys[name] for name in sorted(_keys)]


def register_act(act: Act) -> Act:
    """Declare an act; in an app's `policies.py`. The same name twice is a programming error."""
    known = _acts.setdefault(act.name, act)
    if known is not act:
        raise ValueError(f"The act {act.name!r} is declared twice.")
    return act


def act_of(name: str) -> Act:
    """Raises BadInput `act_unknown`."""
    if name not in _acts:
        raise BadInput("act_unknown", "There is no act called %(name)r to vote on.", name=name)
    return _acts[name]


def acts() -> list[Act]:
    """All declared acts, by name."""
    return [_acts[name] for name in sorted(_acts)]
