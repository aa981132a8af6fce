"""What members propose, and what they say about it."""

from __future__ import annotations

import uuid

from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition

from governance.types import ProposalState as State

_STATES = [(s.value, s.value) for s in State]


class Proposal(FSMModelMixin, models.Model):
    """A motion with its reason; its text cannot change once notice is given."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField()
    state = FSMField(max_length=12, choices=_STATES, default=State.DRAFT.value, protected=True)
    title = models.CharField(max_length=160)
    reason = models.TextField()
    motion = models.JSONField(help_text='{"changes": […]} or {"act": name, "payload": …}.')
    decision_kind = models.CharField(max_length=40)
    proposed_by = models.ForeignKey(
        "members.User", on_delete=models.PROTECT, related_name="+", null=True
    )
    proposed_at = models.DateTimeField()
    discussed_from = models.DateTimeField(null=True)
    noticed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)
    end_facts = models.JSONField(default=dict, help_text="What the reason names.")
    decision_terms = models.JSONField(
        null=True, help_text="The decision type in force when notice was given."
    )
    text_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="proposal_number_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in State]),
                name="proposal_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "discussion", "withdrawn"])
                | (~models.Q(text_sha256="") & models.Q(decision_terms__isnull=False)),
                name="proposal_frozen_has_hash",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "state"], name="proposal_by_state")]

    @transition(field=state, source=State.DRAFT, target=State.DISCUSSION)
    def discuss(self) -> None:
        """Open it for discussion."""

    @transition(field=state, source=State.DISCUSSION, target=State.NOTICED)
    def notice(self) -> None:
        """Freeze it and announce the vote."""

    @transition(field=state, source=State.VOTING, target=State.NOTICED)
    def call_again(self) -> None:
        """Too few took part: a second call."""

    @transition(field=state, source=State.NOTICED, target=State.VOTING)
    def vote(self) -> None:
        """The box is open."""

    @transition(field=state, source=State.VOTING, target=State.PASSED)
    def carry(self) -> None:
        """The members said yes."""

    @transition(field=state, source=State.VOTING, target=State.FAILED)
    def fail(self) -> None:
        """The members did not say yes."""

    @transition(
        field=state, source=[State.DRAFT, State.DISCUSSION, State.NOTICED], target=State.WITHDRAWN
    )
    def withdraw(self) -> None:
        """Taken back before the vote."""


class Comment(models.Model):
    """A word in the discussion; kept as it was said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("members.User", on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(
        max_length=8, choices=[("for", "for"), ("against", "against"), ("note", "note")]
    )
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stance__in=["for", "against", "note"]),
                name="comment_stance_known",
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="comment_not_empty"),
        ]
        indexes = [models.Index(fields=["proposal", "at"], name="comment_of_proposal")]
