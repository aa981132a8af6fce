"""What happened, and what each side says about it."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models

from bookings.types import Absence, Side


class Declaration(models.Model):
    """When a visit was, or that there was none, as one side says. A change of mind is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    booking = models.ForeignKey(
        "bookings.Booking", on_delete=models.PROTECT, related_name="declarations"
    )
    side = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Side])
    during = DateTimeRangeField(null=True)
    absence = models.CharField(
        max_length=12, blank=True, help_text="Instead of a time: the visit did not take place."
    )
    note = models.CharField(max_length=500, blank=True)
    said_at = models.DateTimeField()
    silence_version_id = models.UUIDField(
        null=True, help_text="The rule of that day on what the other side's silence means."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(side__in=[s.value for s in Side]), name="declaration_side"
            ),
            models.CheckConstraint(
                condition=models.Q(during__isnull=False, absence="")
                | models.Q(during__isnull=True, absence__in=[a.value for a in Absence]),
                name="declaration_time_or_absence",
            ),
        ]


class Visit(models.Model):
    """A finished visit; its hours are written exactly once (I3). Settling it is a correction."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    booking = models.ForeignKey("bookings.Booking", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("members.Worker", on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey("members.Household", on_delete=models.PROTECT, related_name="+")
    quote = models.ForeignKey("bookings.Quote", on_delete=models.PROTECT, related_name="+")
    during = DateTimeRangeField()
    completed_at = models.DateTimeField()
    silence_version_id = models.UUIDField(
        null=True, help_text="The rule by which silence agreed; empty when somebody did."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["booking"], name="visit_once")]
