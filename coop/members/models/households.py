"""Who needs care or cleaning, and where."""

from __future__ import annotations

import uuid

from django.db import models

from coop.members.models.cooperative import Cooperative
from coop.members.models.people import User


class Household(models.Model):
    """A client account: a family or an institution."""

    class Kind(models.TextChoices):
        HOUSEHOLD = "household"
        INSTITUTION = "institution"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.HOUSEHOLD)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["household", "institution"]),
                name="household_kind_known",
            )
        ]

    def __str__(self) -> str:
        return self.name


class HouseholdPerson(models.Model):
    """A person who may act for a household."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="people")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "household people"
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "user"], name="household_person_once")
        ]


class Address(models.Model):
    """A home. Readable by a worker only from acceptance to two hours after the visit (I12)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="addresses")
    lines = models.TextField()
    notes = models.TextField(blank=True, help_text="How to get in; shown with the address only.")
    area = models.CharField(max_length=80, help_text="The coarse place shown before acceptance.")
    cell = models.CharField(max_length=20, help_text="H3 cell of at least 1 km, fixed per address.")
    lat = models.DecimalField(max_digits=9, decimal_places=6)
    lon = models.DecimalField(max_digits=9, decimal_places=6)
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return self.area
