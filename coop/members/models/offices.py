"""An office, held for a term, and what is asked about one that two people must want."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from coop.members.models.cooperative import Cooperative
from coop.members.models.people import User
from coop.members.types import MOTION_LIVES, MotionState, OfficeName

_OFFICES = [(o.value, o.value) for o in OfficeName]


class Office(models.Model):
    """An office held for a term; its rights begin and end with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=20, choices=_OFFICES)
    term = DateRangeField(help_text="Half-open days of the place.")
    source = models.CharField(max_length=200, help_text="The election or charter it comes from.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(name__in=[o.value for o in OfficeName]), name="office_known"
            ),
            ExclusionConstraint(
                name="office_term_once",
                expressions=[
                    ("cooperative", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    ("term", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class OfficeMotion(models.Model):
    """One board member asks to end or to enter an office; a second one's key makes it so.

    With `office` it asks to end that one on `from_on`; without, to enter `name` for the person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=20, choices=_OFFICES)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in MotionState],
        default=MotionState.WAITING.value,
    )
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    seconded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in MotionState]), name="office_motion_known"
            ),
            models.CheckConstraint(
                condition=~Q(seconded_by=F("asked_by"))
                & ~Q(seconded_by=F("user"), office__isnull=False)
                | Q(seconded_by__isnull=True),
                name="office_motion_two_people",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=MotionState.DONE.value,
                    seconded_by__isnull=False,
                    settled_at__isnull=False,
                )
                | Q(
                    state=MotionState.WITHDRAWN.value,
                    seconded_by__isnull=True,
                    settled_at__isnull=False,
                )
                | Q(
                    state=MotionState.WAITING.value,
                    seconded_by__isnull=True,
                    settled_at__isnull=True,
                ),
                name="office_motion_settled",
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=False) | Q(until_on__gt=F("from_on")),
                name="office_motion_has_term",
            ),
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(state=MotionState.WAITING.value),
                name="office_motion_once",
            ),
        ]

    def lapsed(self, *, board: Collection[uuid.UUID], at: datetime, day: date) -> bool:
        """Nobody can second it any more: its asker left, it is old, or its term is over."""
        until = self.office.term.upper if self.office else self.until_on
        over = until is None or until <= day
        return over or self.asked_by_id not in board or at - self.asked_at > MOTION_LIVES
