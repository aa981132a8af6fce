"""Reading the trail."""

from __future__ import annotations

from uuid import UUID

from coop.audit.models import Entry
from coop.audit.types import AuditLine


def trail(
    *, cooperative_id: UUID, about_id: UUID | None = None, last: int = 100
) -> list[AuditLine]:
    """The newest sentences of a cooperative, or about one thing of it, newest first."""
    rows = Entry.objects.filter(cooperative_id=cooperative_id)
    if about_id is not None:
        rows = rows.filter(about_id=about_id)
    return [
        AuditLine(row.actor_id, row.sentence, (row.about_kind, row.about_id), row.at, row.facts)
        for row in rows.order_by("-at", "-id")[:last]
    ]
