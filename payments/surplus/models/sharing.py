"""The sharing of one period's surplus: rungs and members' parts that sum to it."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django_fsm import FSMField, transition

from payments.surplus.types import SharingState as S


class Sharing(models.Model):
    """Proposed from the books and the hours; posted by a decision, once for a period."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    period = DateRangeField(help_text="Half-open days of the place.")
    surplus_minor = models.BigIntegerField()
    patronage_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    policy_version_id = models.UUIDField()
    flags = models.JSONField(default=list)
    law = models.JSONField(default=list)
    state = FSMField(default=S.PROPOSED.value)
    proposed_at = models.DateTimeField()
    decision_id = models.UUIDField(null=True)
    posted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in S]), name="sharing_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=S.POSTED.value) | models.Q(decision_id__isnull=False),
                name="sharing_posted_by_decision",
            ),
            ExclusionConstraint(
                name="surplus_shared_once",
                expressions=[
                    ("cooperative", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(state=S.POSTED.value),
            ),
        ]

    @transition(field=state, source=S.PROPOSED.value, target=S.POSTED.value)
    def to_posted(self) -> None: ...

    @transition(field=state, source=S.PROPOSED.value, target=S.WITHDRAWN.value)
    def to_withdrawn(self) -> None: ...


class Allotment(models.Model):
    """One rung of the waterfall."""

    id = models.BigAutoField(primary_key=True)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    sharing = models.ForeignKey(Sharing, on_delete=models.PROTECT, related_name="allotments")
    position = models.PositiveSmallIntegerField()
    fund = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    amount_minor = models.BigIntegerField()
    base_minor = models.BigIntegerField()
    share = models.CharField(max_length=40, blank=True)
    rule = models.TextField(help_text="A sentence that names its facts.")
    facts = models.JSONField(default=dict)
    by_law = models.BooleanField()
    indivisible = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sharing", "fund"], name="allotment_once"),
        ]


class Share(models.Model):
    """A member's part: amount = cash + capital."""

    id = models.BigAutoField(primary_key=True)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    sharing = models.ForeignKey(Sharing, on_delete=models.PROTECT, related_name="shares")
    membership = models.ForeignKey("members.Membership", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    seconds = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    cash_minor = models.BigIntegerField()
    capital_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sharing", "membership"], name="share_once"),
            models.CheckConstraint(
                condition=models.Q(amount_minor=models.F("cash_minor") + models.F("capital_minor")),
                name="share_adds_up",
            ),
        ]
