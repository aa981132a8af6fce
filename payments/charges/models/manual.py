"""Money received by hand, and money given back."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from payments.charges.types import COOPERATIVE, NOBODY, How


class ReceiptCounter(models.Model):
    """The last receipt number of a cooperative; locked while the next one is written."""

    cooperative = models.OneToOneField(
        "members.Cooperative", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    last = models.PositiveIntegerField(default=0)


class Receipt(models.Model):
    """Append-only; numbered without a gap within a cooperative (a trigger refuses one)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField()
    charge = models.ForeignKey(
        "payments_charges.Charge", on_delete=models.PROTECT, related_name="receipts"
    )
    how = models.CharField(max_length=16, choices=[(h.value, h.name) for h in How])
    reference = models.CharField(max_length=120, blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    received_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="receipt_number_once"),
            models.UniqueConstraint(
                fields=["cooperative", "how", "reference"],
                condition=~Q(reference=""),
                name="receipt_reference_once",
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="receipt_amount_positive"),
            models.CheckConstraint(
                condition=Q(how__in=[h.value for h in How]), name="receipt_how_known"
            ),
        ]


class Refund(models.Model):
    """Asked, then done by the provider or by hand. The cooperative bears it, never the worker;
    nobody bears what the household had paid too much."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    charge = models.ForeignKey(
        "payments_charges.Charge", on_delete=models.PROTECT, related_name="refunds"
    )
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=200)
    borne_by = models.CharField(max_length=12, default=COOPERATIVE)
    state = models.CharField(max_length=8, default="asked")
    provider_ref = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_amount_positive"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "done", "failed"]), name="refund_state_known"
            ),
            models.CheckConstraint(
                condition=Q(borne_by__in=[COOPERATIVE, NOBODY]),
                name="refund_never_borne_by_a_worker",
            ),
            models.UniqueConstraint(
                fields=["provider_ref"],
                condition=~Q(provider_ref=""),
                name="refund_provider_ref_once",
            ),
        ]
