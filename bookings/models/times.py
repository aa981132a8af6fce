"""When a worker can work."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import DateRangeField
from django.db import models


class Calendar(models.Model):
    """A worker's time: the one row that is locked before any of it is taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    worker = models.ForeignKey("members.Worker", on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker"], name="calendar_once")]


class AvailabilityWindow(models.Model):
    """Hours of a weekday she wants to work, by the wall clock of the place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="windows")
    weekday = models.PositiveSmallIntegerField(help_text="Monday is 0.")
    starts = models.TimeField()
    ends = models.TimeField(help_text="Not after the start: it ends the next day.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="window_weekday"),
            models.UniqueConstraint(fields=["calendar", "weekday", "starts"], name="window_once"),
        ]


class AvailabilityException(models.Model):
    """A date that differs from her week: other hours, or none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="exceptions")
    on = models.DateField()
    starts = models.TimeField(null=True, help_text="Empty: not free that day.")
    ends = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "on"], name="exception_day_once"),
            models.CheckConstraint(
                condition=models.Q(starts__isnull=True, ends__isnull=True)
                | models.Q(starts__isnull=False, ends__isnull=False),
                name="exception_hours_whole",
            ),
        ]


class Leave(models.Model):
    """Days she is away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="leave")
    days = DateRangeField(help_text="Half-open days of the place.")
    kind = models.CharField(max_length=20)
    taken_at = models.DateTimeField()
    request_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "request_id"], name="leave_request_once")
        ]
