"""Sharings in the admin: read only; members decide them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from payments.surplus.models import Allotment, Share, Sharing


class _ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AllotmentInline(_ReadOnly, TabularInline):  # type: ignore[misc]
    model = Allotment
    fields = ("position", "name", "amount_minor", "rule")


class ShareInline(_ReadOnly, TabularInline):  # type: ignore[misc]
    model = Share
    fields = ("number", "name", "seconds", "amount_minor", "cash_minor", "capital_minor")


@admin.register(Sharing)
class SharingAdmin(_ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("period", "surplus_minor", "patronage_minor", "currency", "state")
    inlines = (AllotmentInline, ShareInline)
