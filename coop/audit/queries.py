"""Reading the trail."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from coop.audit.models import Entry
from coop.audit.types import AuditLine


def trail(
    *, cooperative_id: UUID, about_id: UUID | None = None, last: int = 100
) -> list[AuditLine]:
    """The newest sentences of a cooperative, or about one thing of it, newest first."""
    rows = Entry.objects.filter(cooperative_id=cooperative_id)
    if about_id is not None:
        rows = rows.filter(about_id=about_id)
    return [_line(row) for row in rows.order_by("-at", "-id")[:last]]


def acts(*, cooperative_id: UUID, beginning: Collection[str]) -> list[AuditLine]:
    """Every act of a cooperative whose sentence begins with one of these, oldest first."""
    said = Q(pk__in=[])
    for words in beginning:
        said |= Q(sentence__startswith=words)
    rows = Entry.objects.filter(said, cooperative_id=cooperative_id)
    return [_line(row) for row in rows.order_by("at", "id")]


def _line(row: Entry) -> AuditLine:
    about = (row.about_kind, row.about_id)
    return AuditLine(row.actor_id, row.sentence, about, row.at, row.facts, row.id)
