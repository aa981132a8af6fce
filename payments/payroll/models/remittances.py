"""One payment to a fund, with its two keys, and the steps of each contribution."""

from __future__ import annotations

import uuid

from django.db import models
from django_fsm import FSMField, transition

from payments.payroll.models.documents import Document
from payments.payroll.types import ContributionState
from payments.payroll.types import RemittanceState as S

_OPEN = [S.MADE.value, S.APPROVED.value]


class Remittance(models.Model):
    """What one fund gets for a month; its sum is that of the contributions in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    scheme = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    month = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = FSMField(default=S.MADE.value)
    made_by = models.ForeignKey("members.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        "members.User", on_delete=models.PROTECT, related_name="+", null=True
    )
    approved_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=80, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "scheme", "month"],
                condition=models.Q(state__in=_OPEN), name="remittance_open_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("made_by")),
                name="remittance_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(state=S.MADE.value)
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="remittance_needs_two_keys",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=S.PAID.value)
                | (models.Q(paid_at__isnull=False) & ~models.Q(reference="")),
                name="remittance_paid_with_reference",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in S]), name="remittance_state_known"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["cooperative", "scheme", "month"], name="remittance_of_fund")
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.month:%Y-%m}"

    @transition(field=state, source=S.MADE.value, target=S.APPROVED.value)
    def to_approved(self) -> None: ...

    @transition(field=state, source=S.APPROVED.value, target=S.PAID.value)
    def to_paid(self) -> None: ...


class ContributionStep(models.Model):
    """One step of a contribution from PAID on; written once.

    What is due and what was deducted is told by the pay run, which knows who and when.
    """

    id = models.BigAutoField(primary_key=True)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    contribution = models.ForeignKey(
        "payments_payroll.Contribution", on_delete=models.PROTECT, related_name="steps"
    )
    state = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey("members.User", on_delete=models.PROTECT, related_name="+", null=True)
    reference = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in ContributionState]),
                name="contribution_step_known",
            ),
        ]
        indexes = [models.Index(fields=["contribution", "id"], name="contribution_steps_in_order")]
