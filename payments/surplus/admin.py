"""Sharings in the admin: read only; members decide them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from coop.members.access.office import ReadOnly, ReadOnlyInline
from coop.members.types import MemberRef
from payments.surplus.models import Allotment, Share, Sharing
from payments.surplus.queries.sharings import visible_to

READERS = ("treasurer", "board", "auditor")


class AllotmentInline(ReadOnlyInline):
    model = Allotment
    seen_by = READERS
    fields = ("position", "name", "amount_minor", "says")
    readonly_fields = ("says",)


class ShareInline(ReadOnlyInline):
    model = Share
    seen_by = READERS
    fields = ("number", "name", "seconds", "amount_minor", "cash_minor", "capital_minor")


@admin.register(Sharing)
class SharingAdmin(ReadOnly):
    seen_by = READERS
    list_display = ("period", "surplus_minor", "patronage_minor", "currency", "state")
    list_filter = ("state",)
    fields = (
        "period", "surplus_minor", "patronage_minor", "currency", "state", "flags", "proposed_at",
        "decision_id", "posted_at",
    )  # fmt: skip
    ordering = ("-proposed_at",)
    inlines = (AllotmentInline, ShareInline)

    def visible_to(self, ref: MemberRef, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(pk__in=visible_to(ref).values("pk"))
