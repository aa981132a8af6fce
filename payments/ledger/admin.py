"""The books in the admin: read only, like everywhere."""

from __future__ import annotations

from django.contrib import admin

from coop.members.access.office import ReadOnly, ReadOnlyInline
from payments.ledger.models import Account, Entry, Posting

READERS = ("treasurer", "auditor", "board")


class PostingInline(ReadOnlyInline):
    model = Posting
    seen_by = READERS
    fields = ("account", "amount_minor", "currency")


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    seen_by = READERS
    list_display = ("at", "kind", "memo")
    list_filter = ("kind",)
    search_fields = ("memo", "key")
    fields = ("at", "kind", "memo", "key", "about_kind", "about_id", "by", "reverses")
    ordering = ("-at",)
    inlines = (PostingInline,)


@admin.register(Account)
class AccountAdmin(ReadOnly):
    seen_by = READERS
    list_display = ("code", "kind", "owner_id", "currency")
    list_filter = ("kind",)
    fields = ("code", "kind", "owner_id", "currency")
    ordering = ("code",)
