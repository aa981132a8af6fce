"""What can be booked, and who is never paired."""

from __future__ import annotations

import uuid

from django.db import models


class Service(models.Model):
    """A kind of work with the skill it needs; `code` is what prices and policies name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    skill_code = models.SlugField(max_length=40)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "code"], name="service_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class Avoidance(models.Model):
    """A worker and a household who are not paired, said by one of them; no reason is asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    worker = models.ForeignKey("members.Worker", on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey("members.Household", on_delete=models.PROTECT, related_name="+")
    said_by = models.CharField(max_length=12)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "household", "said_by"], name="avoidance_once"
            ),
            models.CheckConstraint(
                condition=models.Q(said_by__in=["worker", "household", "coordinator"]),
                name="avoidance_said_by",
            ),
        ]
