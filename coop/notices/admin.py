"""What was told to whom and when, without what was said: codes, links and names stay hers."""

from __future__ import annotations

from django.contrib import admin

from coop.members.access.office import ReadOnly, ReadOnlyInline
from coop.notices.models import Attempt, Notice

READERS = ("coordinator", "board", "auditor")


class AttemptInline(ReadOnlyInline):
    model = Attempt
    seen_by = READERS
    fields = ("number", "channel", "at", "error", "may_recover")


@admin.register(Notice)
class NoticeAdmin(ReadOnly):
    seen_by = READERS
    list_display = ("template", "person", "state", "due_at", "sent_at", "delivered_at")
    list_filter = ("state", "template")
    fields = (
        "template", "person", "language", "state", "due_at", "sent_at", "delivered_at", "read_at",
    )  # fmt: skip
    ordering = ("-due_at",)
    inlines = (AttemptInline,)
