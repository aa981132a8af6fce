"""What crosses the audit's door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from coop.kernel import Said, again


class Actor(Protocol):
    """Whoever acts: a member's reference, or the system's."""

    @property
    def cooperative_id(self) -> UUID: ...

    @property
    def person_id(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One kept sentence; it may name facts, and `told` says it with them to whoever reads."""

    actor_id: UUID | None
    sentence: str
    about: tuple[str, UUID]
    at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    id: UUID | None = None

    @property
    def told(self) -> Said:
        return again(self.sentence, self.facts)


@dataclass(frozen=True, slots=True)
class Breach:
    """A promise (I1 to I12) that a row does not keep; `id` names the row."""

    invariant: str
    what: str
    id: str


@dataclass(frozen=True, slots=True)
class Check:
    """One look at one promise: what kind of rows were looked at, how many, and which break it."""

    invariant: str
    rows: str
    looked_at: int
    breaches: tuple[Breach, ...] = ()


def check(invariant: str, rows: str, looked_at: int, broken: Iterable[tuple[str, object]]) -> Check:
    """A check from pairs of words and the id of the row that breaks the promise."""
    found = tuple(Breach(invariant, what, str(id_)) for what, id_ in broken)
    return Check(invariant, rows, looked_at, found)


def broken(checks: Iterable[Check]) -> list[Breach]:
    """Every breach of some checks."""
    return [breach for one in checks for breach in one.breaches]
