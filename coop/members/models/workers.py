"""Who works, and what she can do."""

from __future__ import annotations

import uuid

from django.db import models

from coop.members.models.cooperative import Cooperative
from coop.members.models.people import User


class Skill(models.Model):
    """What a service may ask for: cleaning, elder care, first aid."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "code"], name="skill_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """A person who works for households through a cooperative."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    active = models.BooleanField(default=True)
    wanted_minutes_per_week = models.PositiveIntegerField(default=2400)
    home_lat = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    home_lon = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    travels_km = models.PositiveSmallIntegerField(default=15)
    joined_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "user"], name="worker_once"),
        ]
        indexes = [models.Index(fields=["cooperative", "home_lat", "home_lon"], name="worker_near")]

    def __str__(self) -> str:
        return self.name


class WorkerSkill(models.Model):
    """A skill she has shown, valid for a while or for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, help_text="The first day it no longer counts.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "skill", "valid_from"], name="worker_skill_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="worker_skill_days",
            ),
        ]
