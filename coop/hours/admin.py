"""The hours ledger in the admin: read only; a correction is a new row, written by an operation."""

from __future__ import annotations

from django.contrib import admin

from coop.hours.models import HoursEntry
from coop.members.access.office import ReadOnly


@admin.register(HoursEntry)
class HoursEntryAdmin(ReadOnly):
    seen_by = ("coordinator", "treasurer", "board", "auditor")
    sensitive = True
    list_display = ("during", "worker", "kind", "paid_seconds", "rate_minor", "currency")
    list_filter = ("kind",)
    fields = (
        "worker", "during", "kind", "source_kind", "paid_seconds", "rate_minor", "currency",
        "service", "corrects", "reason", "written_at",
    )  # fmt: skip
    ordering = ("-during",)
