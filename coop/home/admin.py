"""The two rooms below the members' floor, shown here because only up here somebody is known:
what was promised and must still happen, and the trail.
"""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from coop.audit.models import Entry
from coop.kernel import again
from coop.members.access.office import ReadOnly
from coop.members.types import MemberRef
from coop.outbox import operations as outbox
from coop.outbox.models import Promise


@admin.register(Promise)
class PromiseAdmin(ReadOnly):
    """That something is due and how it fares; what it carries is not shown."""

    seen_by = ("coordinator", "board")
    acted_by = ("coordinator", "board")
    list_display = ("effect", "state", "due_at", "tries", "settled_at")
    list_filter = ("state", "effect")
    fields = ("effect", "state", "due_at", "tries", "last_error", "promised_at", "settled_at")
    ordering = ("-due_at",)
    actions = ("try_again",)

    @admin.action(description=_("Try again"), permissions=["act"])
    def try_again(self, request: HttpRequest, rows: QuerySet[Promise]) -> None:
        def one(ref: MemberRef, row: Promise) -> None:
            outbox.retry(by=ref, at=timezone.now(), promise_id=row.id)

        done = self.each(request, rows, one)
        messages.success(request, now_("Tried again: %(count)s.") % {"count": done})


@admin.register(Entry)
class TrailAdmin(ReadOnly):
    """Every sentence of the trail; the database lets nobody change one."""

    seen_by = ("board", "auditor")
    list_display = ("at", "told", "about_kind", "actor_id")
    list_filter = ("about_kind",)
    search_fields = ("sentence", "facts")
    fields = ("at", "told", "about_kind", "about_id", "actor_id")
    ordering = ("-at",)

    @admin.display(description=_("Sentence"), ordering="sentence")
    def told(self, row: Entry) -> str:
        """What was done, in the language of whoever looks."""
        return str(again(row.sentence, row.facts))
