"""What we meant to ask of the provider, and what the provider told us unasked."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from payments.charges.types import Heard, IntentKind, IntentState

_LIVE = ["stored", "unsure"]


class Intent(models.Model):
    """Stored before the outside call; its id is the idempotency key (I7)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=[(k.value, k.name) for k in IntentKind])
    state = models.CharField(max_length=8, default=IntentState.STORED.value)
    attempt = models.PositiveSmallIntegerField(default=1)
    charge = models.ForeignKey(
        "payments_charges.Charge", null=True, on_delete=models.PROTECT, related_name="intents"
    )
    saved_card = models.ForeignKey(
        "payments_charges.SavedCard", null=True, on_delete=models.PROTECT, related_name="intents"
    )
    refund = models.ForeignKey(
        "payments_charges.Refund", null=True, on_delete=models.PROTECT, related_name="intents"
    )
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    effect_ref = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=200, blank=True)
    stored_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in IntentKind]), name="intent_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in IntentState]), name="intent_state_known"
            ),
            models.UniqueConstraint(
                fields=["charge", "kind"],
                condition=Q(kind="hold", state__in=_LIVE),
                name="intent_one_live_hold",
            ),
            models.UniqueConstraint(
                fields=["charge"],
                condition=Q(kind__in=["capture", "release"], state__in=[*_LIVE, "done"]),
                name="intent_one_end_per_charge",
            ),
            models.UniqueConstraint(
                fields=["refund"],
                condition=Q(kind="refund", state__in=[*_LIVE, "done"]),
                name="intent_one_per_refund",
            ),
            models.UniqueConstraint(
                fields=["kind", "effect_ref"],
                condition=Q(state="done") & ~Q(effect_ref=""),
                name="intent_effect_once",
            ),
        ]
        indexes = [
            models.Index(fields=["stored_at"], name="intent_live", condition=Q(state__in=_LIVE))
        ]


class WebhookEvent(models.Model):
    """The inbox: raw as it came, once per provider id. The tenant is known only when applied."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    object_ref = models.CharField(max_length=80, blank=True)
    raw = models.TextField()
    state = models.CharField(max_length=8, default=Heard.STORED.value)
    cooperative_id = models.UUIDField(null=True)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider_id"], name="webhook_once"),
            models.CheckConstraint(
                condition=Q(state__in=[h.value for h in Heard]), name="webhook_state_known"
            ),
        ]
