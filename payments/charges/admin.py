"""Charges in the admin: to look at, never to change."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from payments.charges.models import Charge, Intent, Receipt, Refund, WebhookEvent


class ReadOnly(ModelAdmin):  # type: ignore[misc]
    """Operations are the only writers."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Charge)
class ChargeAdmin(ReadOnly):
    list_display = ("id", "cooperative", "rail", "state", "amount_minor", "currency", "opened_at")
    list_filter = ("state", "rail")


@admin.register(Intent)
class IntentAdmin(ReadOnly):
    list_display = ("id", "cooperative", "kind", "state", "attempt", "outcome", "stored_at")
    list_filter = ("kind", "state")


@admin.register(Receipt)
class ReceiptAdmin(ReadOnly):
    list_display = ("number", "cooperative", "how", "amount_minor", "currency", "received_on")


@admin.register(Refund)
class RefundAdmin(ReadOnly):
    list_display = ("id", "cooperative", "state", "amount_minor", "currency", "reason", "asked_at")


@admin.register(WebhookEvent)
class WebhookEventAdmin(ReadOnly):
    list_display = ("provider_id", "kind", "state", "received_at", "applied_at")
    exclude = ("raw",)
