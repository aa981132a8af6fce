"""What was promised and must still happen."""

from __future__ import annotations

import uuid

from django.db import models


class Promise(models.Model):
    """One effect, due at a time, to be done exactly once."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        DEAD = "dead"
        DROPPED = "dropped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200)
    effect = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    cooperative_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    promised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="promise_key_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "done", "dead", "dropped"]),
                name="promise_state_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="promise_due", condition=models.Q(state="waiting")
            ),
        ]
