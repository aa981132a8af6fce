"""A notice and the tries to deliver it."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from coop.notices.types import Channel, NoticeState

_CHANNELS = [(c.value, c.value) for c in Channel]


class Notice(models.Model):
    """Something one person must be told, once; the database keeps its steps in order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey("members.User", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    template = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    context = models.JSONField(default=dict)
    channels = ArrayField(models.CharField(max_length=10, choices=_CHANNELS))
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in NoticeState],
        default=NoticeState.DUE.value,
    )
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="notice_key_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in NoticeState]),
                name="notice_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="notice_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="delivered") | models.Q(delivered_at__isnull=False),
                name="notice_delivered_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "cooperative", "-due_at"], name="notice_inbox"),
            models.Index(fields=["cooperative", "state", "-due_at"], name="notice_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.template} ({self.state})"


class Attempt(models.Model):
    """One try by one channel; a later word of the provider may turn it into a failure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=10, choices=_CHANNELS)
    at = models.DateTimeField()
    provider_id = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=300, blank=True)
    may_recover = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="notice_try_once"),
            models.UniqueConstraint(
                fields=["provider_id"],
                condition=~models.Q(provider_id=""),
                name="notice_provider_id_once",
            ),
        ]
