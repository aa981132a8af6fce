"""The box, who may vote, and the votes."""

from __future__ import annotations

import uuid

from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition

from governance.models.proposals import Proposal
from governance.types import BallotState as State
from governance.types import Choice

_STATES = [(s.value, s.value) for s in State]


class Ballot(FSMModelMixin, models.Model):
    """One call to vote on a proposal: yes, no or abstain; names are open after it closes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="ballots")
    call = models.PositiveSmallIntegerField(default=1)
    state = FSMField(max_length=10, choices=_STATES, default=State.SET_UP.value, protected=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    roll_size = models.PositiveIntegerField(default=0)
    roll_sha256 = models.CharField(max_length=64, blank=True)
    outcome = models.JSONField(null=True, help_text="The count with each test and both its sides.")
    input_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "call"], name="ballot_call_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in State]), name="ballot_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="ballot_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=models.Q(state="set_up") | ~models.Q(roll_sha256=""),
                name="ballot_roll_hashed",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["set_up", "open", "closed"])
                | (models.Q(outcome__isnull=False) & ~models.Q(input_sha256="")),
                name="ballot_counted_has_outcome",
            ),
        ]

    @transition(field=state, source=State.SET_UP, target=State.OPEN)
    def open(self) -> None:
        """The roll is frozen; votes are taken."""

    @transition(field=state, source=State.OPEN, target=State.CLOSED)
    def close(self) -> None:
        """No more votes."""

    @transition(field=state, source=State.CLOSED, target=State.COUNTED)
    def count(self) -> None:
        """The outcome is known."""

    @transition(field=state, source=State.COUNTED, target=State.CERTIFIED)
    def certify(self) -> None:
        """The election committee stands by the count."""


class BallotRoll(models.Model):
    """A member who may vote in a ballot; written while it is set up, never after."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("members.Membership", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("members.User", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="The member's number.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "membership"], name="roll_once"),
        ]


class Vote(models.Model):
    """One member's vote in one ballot; it is neither changed nor taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("members.Membership", on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=7, choices=[(c.value, c.value) for c in Choice])
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "membership"], name="vote_once"),
            models.CheckConstraint(
                condition=models.Q(choice__in=[c.value for c in Choice]), name="vote_choice_known"
            ),
        ]
