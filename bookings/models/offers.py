"""Timed invitations, and the round of pairing each came from."""

from __future__ import annotations

import uuid

from django.db import models
from django_fsm import FSMField, transition

from bookings.types import OfferState as S


class OfferRound(models.Model):
    """Who was looked at for a booking, what each passed or failed, and the order: why her?"""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    booking = models.ForeignKey("bookings.Booking", on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    candidates = models.JSONField(help_text="Every candidate with filters and exact scores.")
    weights = models.JSONField()
    policy_version_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "number"], name="offer_round_once")
        ]


class Offer(models.Model):
    """An invitation to one worker; the first acceptance wins, exactly once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    booking = models.ForeignKey("bookings.Booking", on_delete=models.PROTECT, related_name="offers")
    round = models.ForeignKey(OfferRound, on_delete=models.PROTECT, related_name="offers")
    worker = models.ForeignKey("members.Worker", on_delete=models.PROTECT, related_name="+")
    state = FSMField(max_length=10, default=S.OPEN.value)
    code = models.CharField(max_length=4, help_text="What she writes after YES.")
    metres = models.PositiveIntegerField(null=True)
    pay_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["booking"],
                condition=models.Q(state="accepted"),
                name="offer_one_winner",
            ),
            models.UniqueConstraint(
                fields=["booking", "worker"],
                condition=models.Q(state="open"),
                name="offer_open_once",
            ),
            models.UniqueConstraint(
                fields=["worker", "code"], condition=models.Q(state="open"), name="offer_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in S]), name="offer_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="offer_has_time"
            ),
        ]

    @transition(field=state, source=S.OPEN.value, target=S.DECLINED.value)
    def decline(self) -> None:
        """She says no; it costs nothing."""

    @transition(field=state, source=S.OPEN.value, target=S.EXPIRED.value)
    def expire(self) -> None:
        """Its time ran out."""

    @transition(field=state, source=[S.OPEN.value, S.ACCEPTED.value], target=S.WITHDRAWN.value)
    def withdraw(self) -> None:
        """Somebody else has it, it is cancelled, or the one who had it cannot go."""
