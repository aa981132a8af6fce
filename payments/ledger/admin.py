"""The books in the admin: read only, like everywhere."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

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
    list_display = ("at", "kind", "told")
    list_filter = ("kind",)
    search_fields = ("memo", "facts", "key")
    fields = ("at", "kind", "told", "key", "about_kind", "about_id", "by", "reverses")
    ordering = ("-at",)
    inlines = (PostingInline,)

    @admin.display(description=_("Memo"), ordering="memo")
    def told(self, row: Entry) -> str:
        """What it is, in the language of whoever looks."""
        return str(row)


@admin.register(Account)
class AccountAdmin(ReadOnly):
    seen_by = READERS
    list_display = ("code", "kind", "owner_id", "currency")
    list_filter = ("kind",)
    fields = ("code", "kind", "owner_id", "currency")
    ordering = ("code",)
