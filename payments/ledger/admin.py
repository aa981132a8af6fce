"""The books in the admin: read only, like everywhere."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from payments.ledger.models import Account, Entry, Posting


class _ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PostingInline(_ReadOnly, TabularInline):  # type: ignore[misc]
    model = Posting
    fields = ("account", "amount_minor", "currency")


@admin.register(Entry)
class EntryAdmin(_ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("at", "kind", "memo")
    list_filter = ("kind",)
    search_fields = ("memo", "key")
    inlines = (PostingInline,)


@admin.register(Account)
class AccountAdmin(_ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("code", "kind", "owner_id", "currency")
