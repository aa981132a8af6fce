"""A pay run and the two keys that let it be paid."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django_fsm import FSMField, transition

from payments.payroll.types import PayRunState as S


class PayRun(models.Model):
    """The hours of a period become payslips. `terms` keeps the overrides an officer signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    period = DateRangeField(help_text="Half-open days of the place.")
    currency = models.CharField(max_length=3)
    state = FSMField(default=S.OPEN.value, protected=False)
    terms = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    computed_by = models.ForeignKey(
        "members.User", on_delete=models.PROTECT, related_name="+", null=True
    )
    paid_at = models.DateTimeField(null=True)
    paid_by = models.ForeignKey(
        "members.User", on_delete=models.PROTECT, related_name="+", null=True
    )
    filed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="pay_run_period_once",
                expressions=[
                    ("cooperative", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in S]), name="pay_run_state_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.period)

    @transition(field=state, source=S.OPEN.value, target=S.COMPUTED.value)
    def to_computed(self) -> None: ...

    @transition(field=state, source=S.COMPUTED.value, target=S.APPROVED.value)
    def to_approved(self) -> None: ...

    @transition(field=state, source=S.APPROVED.value, target=S.PAID.value)
    def to_paid(self) -> None: ...

    @transition(field=state, source=S.PAID.value, target=S.FILED.value)
    def to_filed(self) -> None: ...


class Approval(models.Model):
    """One person's yes to a pay run; nobody counts twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    run = models.ForeignKey(PayRun, on_delete=models.PROTECT, related_name="approvals")
    person = models.ForeignKey("members.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="pay_run_two_people"),
        ]
