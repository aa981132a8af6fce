"""The office's window onto bookings: everything readable, nothing editable here.

Whoever wants to change something does it on the desk, where the operations are.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from bookings.models import Booking, Offer, OfferRound, Quote, Series, Service, Visit
from coop.kernel import NotFound
from coop.members.access import ref_of


class ReadOnly(ModelAdmin):  # type: ignore[misc]
    """Rows of the cooperative the officer acts in; no add, change or delete."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        rows: QuerySet[Model] = super().get_queryset(request)
        try:
            return rows.filter(cooperative_id=ref_of(request).cooperative_id)
        except NotFound:
            return rows.none()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Service)
class ServiceAdmin(ReadOnly):
    list_display = ("name", "code", "skill_code", "active")


@admin.register(Booking)
class BookingAdmin(ReadOnly):
    list_display = ("id", "during", "service", "state", "worker")
    list_filter = ("state",)
    # The code at the door and the address are nobody's business here.
    exclude = ("client_code", "address")


@admin.register(Series)
class SeriesAdmin(ReadOnly):
    list_display = ("id", "first_on", "rrule", "service")
    exclude = ("address",)


@admin.register(Quote)
class QuoteAdmin(ReadOnly):
    list_display = ("id", "during", "service", "price_minor", "currency", "made_at")
    exclude = ("address",)


@admin.register(OfferRound)
class OfferRoundAdmin(ReadOnly):
    list_display = ("booking", "number", "made_at")


@admin.register(Offer)
class OfferAdmin(ReadOnly):
    list_display = ("booking", "worker", "state", "made_at", "expires_at")
    exclude = ("code",)


@admin.register(Visit)
class VisitAdmin(ReadOnly):
    list_display = ("booking", "worker", "during", "completed_at")
