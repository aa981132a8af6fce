"""What the front door shows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DemonstrationPerson:
    """Somebody one can sign in as, where the demonstration runs."""

    person_id: UUID
    cooperative_id: UUID
    cooperative: str
    role: str
    name: str
