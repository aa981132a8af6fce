"""Standing in the cooperative: membership, consents."""

from __future__ import annotations

import uuid

from django.db import models

from coop.members.models.cooperative import Cooperative
from coop.members.models.people import User
from coop.members.types import MembershipState


class Membership(models.Model):
    """A person's way into the cooperative; a member has one vote."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="Ties are broken by it; never reused.")
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in MembershipState],
        default=MembershipState.APPLICANT.value,
    )
    applied_at = models.DateTimeField()
    member_since = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "user"], name="membership_once"),
            models.UniqueConstraint(fields=["cooperative", "number"], name="member_number_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in MembershipState]),
                name="membership_state_known",
            ),
        ]


class Consent(models.Model):
    """A yes to one purpose, and its withdrawal as a second row: nothing is overwritten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    given = models.BooleanField()
    wording = models.TextField(help_text="What she was shown, in her language.")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "purpose", "-at"], name="consent_latest")]
