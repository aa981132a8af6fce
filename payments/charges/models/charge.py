"""What a household is asked to pay for one booking, and how far that has come."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from coop.kernel import Money
from payments.charges.types import ChargeState, Rail

S = ChargeState


class Charge(models.Model):
    """One charge per booking, and a further part only when the visit took longer than its price.

    `due` is unknown until the visit is done or cancelled. Before `hold_from` no card is asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    household = models.ForeignKey("members.Household", on_delete=models.PROTECT, related_name="+")
    booking_id = models.UUIDField()
    part = models.PositiveSmallIntegerField(default=1)
    quote_id = models.UUIDField(null=True)
    rail = models.CharField(max_length=8, choices=[(r.value, r.name) for r in Rail])
    state = FSMField(default=S.DRAFT.value, choices=[(s.value, s.name) for s in S])
    saved_card = models.ForeignKey(
        "payments_charges.SavedCard", null=True, on_delete=models.PROTECT, related_name="+"
    )
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    due_minor = models.BigIntegerField(null=True)
    held_minor = models.BigIntegerField(default=0)
    captured_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    fee_minor = models.BigIntegerField(default=0)
    provider_ref = models.CharField(max_length=80, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    hold_from = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    captured_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking_id", "part"], name="charge_once_per_booking"),
            models.UniqueConstraint(
                fields=["provider_ref"],
                condition=~Q(provider_ref=""),
                name="charge_provider_ref_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in S]), name="charge_state_known"
            ),
            models.CheckConstraint(
                condition=Q(rail__in=[r.value for r in Rail]), name="charge_rail_known"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="charge_amount_positive"),
            models.CheckConstraint(
                condition=Q(due_minor__isnull=True)
                | Q(due_minor__gte=0, due_minor__lte=F("amount_minor")),
                name="charge_due_within_amount",
            ),
            models.CheckConstraint(
                condition=Q(held_minor__gte=0, held_minor__lte=F("amount_minor")),
                name="charge_held_within_amount",
            ),
            models.CheckConstraint(
                condition=Q(captured_minor__gte=0)
                & (
                    Q(rail="card", captured_minor__lte=F("held_minor"))
                    | Q(rail="manual", captured_minor__lte=F("amount_minor"))
                ),
                name="charge_captured_within_held",
            ),
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("captured_minor")),
                name="charge_refunded_within_captured",
            ),
            models.CheckConstraint(
                condition=Q(fee_minor__gte=0, fee_minor__lte=F("captured_minor")),
                name="charge_fee_within_captured",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "state"], name="charge_by_state")]

    @transition(field=state, source=[S.DRAFT, S.FAILED], target=S.HELD)
    def hold(self, *, held_minor: int) -> None:
        self.held_minor, self.failure = held_minor, ""

    @transition(field=state, source=[S.DRAFT, S.FAILED, S.HELD], target=S.CAPTURED)
    def capture(self, *, captured_minor: int) -> None:
        self.captured_minor, self.failure = captured_minor, ""

    @transition(field=state, source=S.CAPTURED, target=S.SETTLED)
    def settle(self) -> None:
        """The provider has paid it out, or it is in hand already."""

    @transition(field=state, source=[S.DRAFT, S.FAILED, S.HELD], target=S.FAILED)
    def fail(self, *, failure: str) -> None:
        self.failure = failure[:200]

    @transition(field=state, source=[S.DRAFT, S.FAILED, S.HELD], target=S.RELEASED)
    def release(self) -> None:
        """Nothing is owed; what was held goes back."""

    @transition(field=state, source=[S.CAPTURED, S.SETTLED, S.REFUNDED], target=S.REFUNDED)
    def refund(self, *, amount_minor: int) -> None:
        self.refunded_minor += amount_minor

    @property
    def overpaid_minor(self) -> int:
        """What was taken, is not due in the end, and was not given back yet."""
        if self.due_minor is None:
            return 0
        return max(0, self.captured_minor - self.due_minor - self.refunded_minor)

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency)


class ChargeLine(models.Model):
    """One line of the quote as it was; the lines sum to the charge to the cent (I8)."""

    id = models.BigAutoField(primary_key=True)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    amount_minor = models.BigIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["charge", "place"], name="charge_line_place_once")
        ]
