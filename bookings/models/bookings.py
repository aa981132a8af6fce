"""One agreed service, once or as a date of a series."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django_fsm import FSMField, transition

from bookings.types import LIVE_STATES, MOST_WRONG_CODES
from bookings.types import BookingState as S


class Series(models.Model):
    """A wish that comes again, by the wall clock of the place; its dates are bookings."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    household = models.ForeignKey("members.Household", on_delete=models.PROTECT, related_name="+")
    address = models.ForeignKey("members.Address", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("bookings.Service", on_delete=models.PROTECT, related_name="+")
    rrule = models.CharField(max_length=120)
    first_on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    zone = models.CharField(max_length=40)
    request_id = models.UUIDField()
    requested_at = models.DateTimeField()
    left_out = models.JSONField(
        default=list, help_text="The dates that could not be booked: day, code, sentence."
    )

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "request_id"], name="series_request_once"
            )
        ]


class Booking(models.Model):
    """A visit from wish to end; the worker is named from acceptance on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    household = models.ForeignKey("members.Household", on_delete=models.PROTECT, related_name="+")
    address = models.ForeignKey("members.Address", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("bookings.Service", on_delete=models.PROTECT, related_name="+")
    quote = models.OneToOneField("bookings.Quote", on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+", null=True)
    worker = models.ForeignKey(
        "members.Worker", on_delete=models.PROTECT, related_name="+", null=True
    )
    during = DateTimeRangeField()
    state = FSMField(max_length=12, default=S.REQUESTED.value)
    wishes = models.CharField(max_length=500, blank=True)
    client_code = models.CharField(max_length=4, help_text="The household tells it at the door.")
    wrong_codes = models.PositiveSmallIntegerField(default=0, help_text="It never falls.")
    request_id = models.UUIDField()
    requested_at = models.DateTimeField()
    worker_arrived_at = models.DateTimeField(null=True)
    household_arrived_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    beside = models.BooleanField(
        default=False, help_text="The household wants it next to another visit of the same time."
    )
    cancelled_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "request_id"], name="booking_request_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in S]), name="booking_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(worker__isnull=False)
                | ~models.Q(state__in=["confirmed", "in_progress", "done", "disputed", "settled"]),
                name="booking_has_worker",
            ),
            models.CheckConstraint(
                condition=models.Q(wrong_codes__lte=MOST_WRONG_CODES), name="booking_code_tries"
            ),
            models.CheckConstraint(
                condition=models.Q(started_at__isnull=False)
                | ~models.Q(state__in=["in_progress", "done", "settled"]),
                name="booking_begun_has_start",
            ),
            ExclusionConstraint(
                name="worker_in_one_place",
                expressions=[
                    ("worker", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(
                    worker__isnull=False, state__in=sorted(s.value for s in LIVE_STATES)
                ),
            ),
            ExclusionConstraint(
                name="household_booked_once",
                expressions=[
                    ("address", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(
                    beside=False, state__in=["requested", "offered", "confirmed", "in_progress"]
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["household", "state"], name="booking_of_household"),
            models.Index(fields=["worker", "state"], name="booking_of_worker"),
        ]

    @transition(field=state, source=S.REQUESTED.value, target=S.OFFERED.value)
    def offer(self) -> None:
        """Somebody is asked."""

    @transition(field=state, source=[S.OFFERED.value, S.CONFIRMED.value], target=S.REQUESTED.value)
    def reopen(self) -> None:
        """Nobody has it any more: it is paired anew."""
        self.worker_id = None
        self.worker_arrived_at = self.household_arrived_at = None

    @transition(field=state, source=S.OFFERED.value, target=S.CONFIRMED.value)
    def secure(self) -> None:
        """A worker took it and the money is there."""

    @transition(field=state, source=S.CONFIRMED.value, target=S.IN_PROGRESS.value)
    def start(self) -> None:
        """She is there."""

    @transition(field=state, source=S.IN_PROGRESS.value, target=S.DONE.value)
    def finish(self) -> None:
        """Both agree on the time."""

    @transition(
        field=state, source=[S.CONFIRMED.value, S.IN_PROGRESS.value], target=S.DISPUTED.value
    )
    def dispute(self) -> None:
        """They do not agree on the time, or on whether there was a visit."""

    @transition(field=state, source=S.DISPUTED.value, target=S.SETTLED.value)
    def settle(self) -> None:
        """A coordinator said what holds."""

    @transition(
        field=state,
        source=[S.REQUESTED.value, S.OFFERED.value, S.CONFIRMED.value],
        target=S.CANCELLED.value,
    )
    def cancel(self) -> None:
        """The household does not need it."""

    @transition(
        field=state,
        source=[S.CONFIRMED.value, S.IN_PROGRESS.value, S.DISPUTED.value],
        target=S.CANCELLED.value,
    )
    def close(self) -> None:
        """It did not take place."""

    @transition(field=state, source=[S.REQUESTED.value, S.OFFERED.value], target=S.EXPIRED.value)
    def expire(self) -> None:
        """Its time came and nobody had taken it."""
