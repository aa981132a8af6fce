"""SMS that came in, and the on-screen phone of a demonstration."""

from __future__ import annotations

import uuid

from django.db import models


class InboundSms(models.Model):
    """A text somebody sent us, taken in once however often the provider repeats it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider_id = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)
    text = models.CharField(max_length=1600)
    at = models.DateTimeField()
    person = models.ForeignKey(
        "members.User", on_delete=models.PROTECT, related_name="+", null=True
    )
    reply = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "inbound SMS"
        constraints = [
            models.UniqueConstraint(fields=["provider_id"], name="inbound_sms_once"),
        ]
        indexes = [models.Index(fields=["phone", "at"], name="inbound_by_phone")]


class PhoneMessage(models.Model):
    """An SMS shown on the screen instead of a phone; only where no real person is served."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200)
    phone = models.CharField(max_length=20)
    text = models.CharField(max_length=1600)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="phone_message_once")]
        indexes = [models.Index(fields=["phone", "at"], name="phone_messages")]
