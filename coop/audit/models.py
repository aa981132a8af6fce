"""The trail: one sentence for each act, kept for good."""

from __future__ import annotations

import uuid

from django.db import models


class Entry(models.Model):
    """Who did what, about what, when. The database refuses to change or delete it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative_id = models.UUIDField()
    actor_id = models.UUIDField(null=True, help_text="The person; empty when the system acted.")
    sentence = models.TextField()
    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["cooperative_id", "at"], name="audit_by_time"),
            models.Index(fields=["about_id", "at"], name="audit_by_subject"),
        ]
