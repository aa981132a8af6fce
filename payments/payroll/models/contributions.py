"""What is owed to a fund for a worker and a month, and how far it has come."""

from __future__ import annotations

import uuid

from django.db import models
from django_fsm import FSMField, transition

from payments.payroll.models.remittances import Remittance
from payments.payroll.models.slips import Payslip
from payments.payroll.types import ContributionState as S


class Contribution(models.Model):
    """One scheme's part of one payslip. Amounts never change; only the state moves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    payslip = models.ForeignKey(Payslip, on_delete=models.PROTECT, related_name="contributions")
    worker = models.ForeignKey("members.Worker", on_delete=models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    month = models.DateField()
    base_minor = models.BigIntegerField()
    worker_minor = models.BigIntegerField()
    employer_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    rule = models.TextField(help_text="A sentence that names its facts.")
    facts = models.JSONField(default=dict)
    rule_id = models.CharField(max_length=120)
    source = models.TextField()
    state = FSMField(default=S.DUE.value)
    reference = models.CharField(max_length=80, blank=True)
    remittance = models.ForeignKey(
        Remittance, on_delete=models.PROTECT, related_name="contributions", null=True
    )
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payslip", "scheme"], name="contribution_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in S]),
                name="contribution_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "scheme", "month"], name="contribution_by_scheme"),
            models.Index(fields=["worker", "month"], name="contribution_of_worker"),
        ]

    @transition(field=state, source=S.DUE.value, target=S.DEDUCTED.value)
    def to_deducted(self) -> None: ...

    @transition(field=state, source=[S.DEDUCTED.value, S.QUERIED.value], target=S.PAID.value)
    def to_paid(self) -> None: ...

    @transition(field=state, source=[S.PAID.value, S.QUERIED.value], target=S.FILED.value)
    def to_filed(self) -> None: ...

    @transition(field=state, source=[S.FILED.value, S.QUERIED.value], target=S.CONFIRMED.value)
    def to_confirmed(self) -> None: ...

    @transition(
        field=state,
        source=[S.PAID.value, S.FILED.value, S.CONFIRMED.value],
        target=S.QUERIED.value,
    )
    def to_queried(self) -> None: ...
