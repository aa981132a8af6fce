"""What the front door shows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from governance.types import RuleCard


@dataclass(frozen=True, slots=True)
class DemonstrationPerson:
    """Somebody one can sign in as, where the demonstration runs."""

    person_id: UUID
    cooperative_id: UUID
    cooperative: str
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class PublicRules:
    """The rules of one cooperative that anybody may read."""

    cooperative: str
    rules: tuple[RuleCard, ...]
