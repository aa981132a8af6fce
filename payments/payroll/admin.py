"""Pay in the admin: read only; pay runs are computed, approved and paid on their own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from payments.payroll.models import Contribution, PayRun, Payslip, PayslipLine


class _ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LineInline(_ReadOnly, TabularInline):  # type: ignore[misc]
    model = PayslipLine
    fields = ("position", "kind", "worked_on", "seconds", "rate_minor", "amount_minor", "rule")


@admin.register(PayRun)
class PayRunAdmin(_ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("period", "state", "computed_at", "paid_at")


@admin.register(Payslip)
class PayslipAdmin(_ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("worker_name", "month", "gross_minor", "net_minor", "currency")
    inlines = (LineInline,)


@admin.register(Contribution)
class ContributionAdmin(_ReadOnly, ModelAdmin):  # type: ignore[misc]
    list_display = ("scheme", "month", "worker_id", "worker_minor", "employer_minor", "state")
    list_filter = ("state", "scheme")
