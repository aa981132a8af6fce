"""What a worker is paid, line by line. Written once."""

from __future__ import annotations

import uuid

from django.db import models

from payments.payroll.models.runs import PayRun
from payments.payroll.types import PAYS_HOURS, LineKind


class Payslip(models.Model):
    """One worker's pay of one run. `terms` keeps all it was computed from besides its hours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    run = models.ForeignKey(PayRun, on_delete=models.PROTECT, related_name="slips")
    worker = models.ForeignKey("members.Worker", on_delete=models.PROTECT, related_name="+")
    worker_name = models.CharField(max_length=120)
    month = models.DateField(help_text="The first day of the month its contributions belong to.")
    paid_seconds = models.BigIntegerField()
    gross_minor = models.BigIntegerField()
    allowance_minor = models.BigIntegerField(
        default=0, help_text="Paid beside the gross: no wage, so no fund and no minimum counts it."
    )
    deducted_minor = models.BigIntegerField()
    net_minor = models.BigIntegerField()
    employer_minor = models.BigIntegerField()
    put_aside_minor = models.BigIntegerField()
    minimum_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    law_on = models.DateField()
    terms = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "worker"], name="payslip_once"),
            models.CheckConstraint(
                condition=models.Q(net_minor__gte=0), name="payslip_net_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    gross_minor=models.F("net_minor")
                    + models.F("deducted_minor")
                    - models.F("allowance_minor")
                ),
                name="payslip_adds_up",
            ),
            models.CheckConstraint(
                condition=models.Q(gross_minor__gte=models.F("minimum_minor")),
                name="payslip_not_below_floor",
            ),
        ]
        indexes = [models.Index(fields=["worker", "month"], name="payslip_of_worker")]


class PayslipLine(models.Model):
    """One line; a row of the hours ledger is paid by exactly one (I3)."""

    id = models.BigAutoField(primary_key=True)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    payslip = models.ForeignKey(Payslip, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in LineKind])
    hours_entry = models.ForeignKey(
        "hours.HoursEntry", on_delete=models.PROTECT, related_name="+", null=True
    )
    worked_on = models.DateField(null=True)
    service = models.CharField(max_length=40, blank=True)
    seconds = models.IntegerField()
    rate_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    rule = models.TextField(blank=True, help_text="A sentence that names its facts.")
    facts = models.JSONField(default=dict)
    versions = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hours_entry"],
                condition=models.Q(kind__in=[k.value for k in PAYS_HOURS]),
                name="hours_paid_once",
            ),
            models.UniqueConstraint(fields=["payslip", "position"], name="payslip_line_place"),
            models.CheckConstraint(
                condition=models.Q(hours_entry__isnull=False)
                | ~models.Q(kind__in=[k.value for k in PAYS_HOURS]),
                name="payslip_line_pays_hours",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[k.value for k in LineKind]),
                name="payslip_line_kind_known",
            ),
        ]
