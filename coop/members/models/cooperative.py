"""The tenant."""

from __future__ import annotations

import uuid

from django.db import models


class Cooperative(models.Model):
    """Who owns the work. A federation or a union is one whose members are cooperatives."""

    class Kind(models.TextChoices):
        COOPERATIVE = "cooperative"
        FEDERATION = "federation"
        UNION = "union"
        ASSOCIATION = "association"

    class Employer(models.TextChoices):
        """Who employs the workers before the funds: price and pay ask the law for this one."""

        COOPERATIVE = "cooperative"
        HOUSEHOLD = "household"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.COOPERATIVE)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    zone = models.CharField(max_length=40)
    language = models.CharField(max_length=8, default="en")
    founded_on = models.DateField()
    employer_of_record = models.CharField(
        max_length=12, choices=Employer, default=Employer.COOPERATIVE
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="cooperative_slug_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["cooperative", "federation", "union", "association"]),
                name="cooperative_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(employer_of_record__in=["cooperative", "household"]),
                name="cooperative_employer_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
