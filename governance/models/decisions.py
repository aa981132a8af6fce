"""What was decided, and the rules that decisions put in force."""

from __future__ import annotations

import uuid

from django.db import models

from governance.models.ballots import Ballot
from governance.models.proposals import Proposal


class Decision(models.Model):
    """The certified outcome of a proposal; the database recounts the votes before it believes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+")
    passed = models.BooleanField()
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    abstain = models.PositiveIntegerField()
    motion = models.JSONField()
    certified_by = models.ForeignKey(
        "members.User", on_delete=models.PROTECT, related_name="+", null=True
    )
    certified_at = models.DateTimeField()
    certified_on = models.DateField(help_text="The day in the zone of the place.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal"], name="decision_once"),
            models.UniqueConstraint(fields=["ballot"], name="decision_ballot_once"),
        ]


class PolicyVersion(models.Model):
    """Terms of one rule from a day on, until the next version; founded or decided, never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=80)
    terms = models.JSONField()
    effective_from = models.DateField()
    founding = models.BooleanField(default=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+", null=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "key", "effective_from"], name="policy_version_once"
            ),
            models.UniqueConstraint(
                fields=["cooperative", "key"],
                condition=models.Q(founding=True),
                name="policy_founded_once",
            ),
            models.CheckConstraint(
                condition=models.Q(founding=True, decision__isnull=True)
                | models.Q(founding=False, decision__isnull=False),
                name="policy_has_decision",
            ),
        ]
