"""The office's window onto bookings: everything readable, nothing editable here.

Whoever wants to change something does it on the desk, where the operations are.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from bookings.models import Booking, Offer, OfferRound, Quote, QuoteLine, Series, Service, Visit
from bookings.queries.seeing import offers_visible_to, quotes_visible_to, visible_to
from coop.members.access.office import ReadOnly, ReadOnlyInline
from coop.members.types import MemberRef

#: Who goes where and when is the desk's to know; the price is also for those who keep the books.
DESK = ("coordinator",)
MONEY = ("coordinator", "treasurer", "board", "auditor")


@admin.register(Service)
class ServiceAdmin(ReadOnly):
    list_display = ("name", "code", "skill_code", "active")
    fields = ("name", "code", "skill_code", "active")


class OfBooking(ReadOnly):
    """The code at the door and the address are nobody's business here."""

    seen_by = DESK
    sensitive = True


@admin.register(Booking)
class BookingAdmin(OfBooking):
    list_display = ("id", "during", "service", "state", "worker")
    list_filter = ("state",)
    fields = (
        "household", "service", "worker", "during", "state", "quote", "series", "requested_at",
        "started_at", "ended_at", "cancelled_reason", "version",
    )  # fmt: skip
    ordering = ("-during",)

    def visible_to(self, ref: MemberRef, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(visible_to(ref))


@admin.register(Series)
class SeriesAdmin(OfBooking):
    list_display = ("id", "first_on", "rrule", "service")
    fields = ("household", "service", "rrule", "first_on", "starts", "ends", "zone")


class QuoteLineInline(ReadOnlyInline):
    model = QuoteLine
    seen_by = MONEY
    fields = ("position", "label", "amount_minor", "says")
    readonly_fields = ("says",)


@admin.register(Quote)
class QuoteAdmin(ReadOnly):
    seen_by = MONEY
    list_display = ("id", "service", "price_minor", "currency", "made_at")
    fields = (
        "service", "paid_seconds", "travel_seconds", "wage_minor", "price_minor", "currency",
        "paid_by", "terms", "made_at",
    )  # fmt: skip
    ordering = ("-made_at",)
    inlines = (QuoteLineInline,)

    def visible_to(self, ref: MemberRef, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(quotes_visible_to(ref))


@admin.register(OfferRound)
class OfferRoundAdmin(OfBooking):
    """That it was paired and by which weights; the candidates are on the page "why her?"."""

    list_display = ("booking", "number", "made_at")
    fields = ("booking", "number", "weights", "made_at")


@admin.register(Offer)
class OfferAdmin(OfBooking):
    list_display = ("booking", "worker", "state", "made_at", "expires_at")
    list_filter = ("state",)
    fields = (
        "booking", "worker", "state", "pay_minor", "currency", "made_at", "expires_at",
        "answered_at",
    )  # fmt: skip
    ordering = ("-made_at",)

    def visible_to(self, ref: MemberRef, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(offers_visible_to(ref))


@admin.register(Visit)
class VisitAdmin(OfBooking):
    list_display = ("booking", "worker", "during", "completed_at")
    fields = ("booking", "worker", "household", "during", "completed_at")
    ordering = ("-completed_at",)

    def visible_to(self, ref: MemberRef, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(visible_to(ref))
