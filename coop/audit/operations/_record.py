from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from coop.audit.models import Entry
from coop.audit.types import Actor
from coop.kernel import Said


def record(
    *,
    by: Actor,
    at: datetime,
    sentence: Said,
    about: tuple[str, UUID],
    facts: Mapping[str, str] | None = None,
) -> None:
    """Keep one sentence of the trail, in the transaction of the act it tells of.

    `facts` are kept beside those that the sentence names.
    """
    Entry.objects.create(
        cooperative_id=by.cooperative_id,
        actor_id=by.person_id,
        sentence=sentence.sentence,
        about_kind=about[0],
        about_id=about[1],
        facts={**(facts or {}), **sentence.kept},
        at=at,
    )
