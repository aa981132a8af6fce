"""Charges in the admin: to look at, never to change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from coop.members.access.office import ReadOnly, ReadOnlyInline
from coop.members.types import MemberRef
from payments.charges.models import Charge, ChargeLine, Intent, Receipt, Refund, WebhookEvent
from payments.charges.queries import READERS, visible_to

BOOKS = ("treasurer", "board", "auditor")


class LineInline(ReadOnlyInline):
    model = ChargeLine
    seen_by = READERS
    fields = ("place", "label", "amount_minor")


@admin.register(Charge)
class ChargeAdmin(ReadOnly):
    seen_by = READERS
    list_display = ("id", "rail", "state", "amount_minor", "currency", "opened_at")
    list_filter = ("state", "rail")
    fields = (
        "household", "booking_id", "part", "rail", "state", "amount_minor", "due_minor",
        "held_minor", "captured_minor", "refunded_minor", "fee_minor", "currency", "failure",
        "opened_at", "held_at", "captured_at", "settled_at", "version",
    )  # fmt: skip
    ordering = ("-opened_at",)
    inlines = (LineInline,)

    def visible_to(self, ref: MemberRef, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(visible_to(ref))


@admin.register(Intent)
class IntentAdmin(ReadOnly):
    seen_by = BOOKS
    list_display = ("id", "kind", "state", "attempt", "outcome", "stored_at")
    list_filter = ("kind", "state")
    fields = (
        "kind", "state", "attempt", "charge", "refund", "amount_minor", "currency", "outcome",
        "stored_at", "settled_at",
    )  # fmt: skip
    ordering = ("-stored_at",)


@admin.register(Receipt)
class ReceiptAdmin(ReadOnly):
    seen_by = READERS
    list_display = ("number", "how", "amount_minor", "currency", "received_on")
    list_filter = ("how",)
    fields = (
        "number", "charge", "how", "reference", "amount_minor", "currency", "received_on",
        "recorded_at",
    )  # fmt: skip
    ordering = ("-number",)


@admin.register(Refund)
class RefundAdmin(ReadOnly):
    seen_by = READERS
    list_display = ("id", "state", "amount_minor", "currency", "reason", "asked_at")
    list_filter = ("state",)
    fields = (
        "charge", "state", "amount_minor", "currency", "reason", "borne_by", "asked_at", "done_at",
    )  # fmt: skip
    ordering = ("-asked_at",)


@admin.register(WebhookEvent)
class WebhookEventAdmin(ReadOnly):
    """That the provider said something; what it said, word for word, is not shown."""

    seen_by = BOOKS
    list_display = ("provider_id", "kind", "state", "received_at", "applied_at")
    list_filter = ("state",)
    fields = ("provider_id", "kind", "state", "happened_at", "received_at", "applied_at")
    ordering = ("-received_at",)
