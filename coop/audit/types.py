"""What crosses the audit's door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID


class Actor(Protocol):
    """Whoever acts: a member's reference, or the system's."""

    @property
    def cooperative_id(self) -> UUID: ...

    @property
    def person_id(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One kept sentence."""

    actor_id: UUID | None
    sentence: str
    about: tuple[str, UUID]
    at: datetime
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Breach:
    """A promise (I1 to I12) that a row does not keep; `id` names the row."""

    invariant: str
    what: str
    id: str
