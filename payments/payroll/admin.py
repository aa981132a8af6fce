"""Pay in the admin: read only; pay runs are computed, approved and paid on their own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from coop.members.access.office import ReadOnly, ReadOnlyInline
from coop.members.types import MemberRef
from payments.payroll.models import (
    Contribution,
    ContributionStep,
    PayRun,
    Payslip,
    PayslipLine,
    Remittance,
)
from payments.payroll.queries import funds, runs, slips

READERS = ("treasurer", "board", "auditor")


class LineInline(ReadOnlyInline):
    model = PayslipLine
    seen_by = READERS
    fields = ("position", "kind", "worked_on", "seconds", "rate_minor", "amount_minor", "says")
    readonly_fields = ("says",)


@admin.register(PayRun)
class PayRunAdmin(ReadOnly):
    seen_by = READERS
    list_display = ("period", "state", "computed_at", "paid_at")
    list_filter = ("state",)
    fields = ("period", "state", "currency", "opened_at", "computed_at", "paid_at", "filed_at")
    ordering = ("-period",)

    def visible_to(self, ref: MemberRef, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(pk__in=runs.visible_to(ref).values("pk"))


@admin.register(Payslip)
class PayslipAdmin(ReadOnly):
    seen_by = READERS
    sensitive = True
    list_display = ("worker_name", "month", "gross_minor", "net_minor", "currency")
    fields = (
        "run", "worker", "worker_name", "month", "paid_seconds", "gross_minor",
        "allowance_minor", "deducted_minor", "net_minor", "employer_minor", "put_aside_minor",
        "minimum_minor", "currency", "law_on",
    )  # fmt: skip
    ordering = ("-month", "worker_name")
    inlines = (LineInline,)

    def visible_to(self, ref: MemberRef, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(pk__in=slips.visible_to(ref).values("pk"))


class StepInline(ReadOnlyInline):
    model = ContributionStep
    seen_by = READERS
    fields = ("state", "at", "by", "reference", "note")


@admin.register(Remittance)
class RemittanceAdmin(ReadOnly):
    seen_by = READERS
    list_display = ("scheme", "month", "amount_minor", "currency", "state")
    list_filter = ("state", "scheme")
    fields = (
        "scheme", "name", "month", "amount_minor", "currency", "state", "made_by", "made_at",
        "approved_by", "approved_at", "paid_at", "reference",
    )  # fmt: skip
    ordering = ("-month", "scheme")

    def visible_to(self, ref: MemberRef, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(pk__in=funds.remittances_visible_to(ref).values("pk"))


@admin.register(Contribution)
class ContributionAdmin(ReadOnly):
    seen_by = READERS
    sensitive = True
    list_display = ("scheme", "month", "worker", "worker_minor", "employer_minor", "state")
    list_filter = ("state", "scheme")
    fields = (
        "payslip", "worker", "scheme", "name", "month", "base_minor", "worker_minor",
        "employer_minor", "currency", "says", "source", "state", "reference", "moved_at",
    )  # fmt: skip
    readonly_fields = ("says",)
    ordering = ("-month", "scheme")
    inlines = (StepInline,)
