"""A price with all its threads. Never changed; another price is another quote."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models

from bookings.types import LineKind, PaidBy


class Quote(models.Model):
    """What a visit would cost, and under which rules; its lines sum to the price (I8)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    household = models.ForeignKey("members.Household", on_delete=models.PROTECT, related_name="+")
    address = models.ForeignKey("members.Address", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("bookings.Service", on_delete=models.PROTECT, related_name="+")
    during = DateTimeRangeField()
    currency = models.CharField(max_length=3)
    price_minor = models.BigIntegerField()
    wage_minor = models.BigIntegerField(help_text="Per hour.")
    paid_seconds = models.PositiveIntegerField(help_text="Visit with its minimum; no travel.")
    travel_seconds = models.PositiveIntegerField()
    paid_by = models.CharField(max_length=8, choices=[(p.value, p.value) for p in PaidBy])
    terms = models.JSONField(help_text="Policy name to version id; law pack and its day.")
    made_at = models.DateTimeField()
    request_id = models.UUIDField(null=True, help_text="Empty: priced by us, for a real time.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "request_id"], name="quote_request_once"
            ),
            models.CheckConstraint(
                condition=models.Q(price_minor__gt=0, wage_minor__gt=0, paid_seconds__gt=0),
                name="quote_amounts_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(paid_by__in=[p.value for p in PaidBy]), name="quote_paid_by"
            ),
        ]
        indexes = [models.Index(fields=["household", "-made_at"], name="quote_of_household")]


class QuoteLine(models.Model):
    """One thread of a price with its rule and source."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=[(k.value, k.value) for k in LineKind])
    code = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=120)
    amount_minor = models.BigIntegerField()
    rule = models.TextField(help_text="A sentence that names its facts.")
    facts = models.JSONField(default=dict)
    source = models.TextField(blank=True)
    policy = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quote", "position"], name="quote_line_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[k.value for k in LineKind]), name="quote_line_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gte=0), name="quote_line_not_negative"
            ),
        ]
