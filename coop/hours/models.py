"""The hours ledger: one append-only row for each interval of paid time."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models

from coop.hours.types import HoursKind


class HoursEntry(models.Model):
    """Paid time of a worker. A correction is a new row that points at the old one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    worker = models.ForeignKey("members.Worker", on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(
        "members.Household", on_delete=models.PROTECT, related_name="+", null=True
    )
    during = DateTimeRangeField()
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in HoursKind])
    source_kind = models.CharField(max_length=30)
    source_id = models.UUIDField()
    paid_seconds = models.IntegerField()
    rate_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    service = models.CharField(max_length=40, blank=True)
    terms = models.JSONField(default=dict)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "hours entries"
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "kind"],
                condition=models.Q(corrects__isnull=True),
                name="hours_written_once",
            ),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=False) | models.Q(paid_seconds__gte=0),
                name="hours_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True) | ~models.Q(reason=""),
                name="hours_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(rate_minor__gte=0), name="hours_rate_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[k.value for k in HoursKind]), name="hours_kind_known"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "worker", "during"], name="hours_of_worker"),
            models.Index(fields=["source_id"], name="hours_by_source"),
        ]
