"""A household's card, known to us only by the provider's names for it."""

from __future__ import annotations

import uuid

from django.db import models
from django_fsm import FSMField, transition

from payments.charges.types import CardState


class SavedCard(models.Model):
    """Never a number: brand, the last four digits, and the provider's references."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    household = models.ForeignKey("members.Household", on_delete=models.PROTECT, related_name="+")
    state = FSMField(default=CardState.ASKED.value, choices=[(s.value, s.name) for s in CardState])
    asked_method = models.CharField(max_length=80)
    customer_ref = models.CharField(max_length=80, blank=True)
    method_ref = models.CharField(max_length=80, blank=True)
    brand = models.CharField(max_length=20, blank=True)
    last4 = models.CharField(max_length=4, blank=True)
    refusal = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in CardState]),
                name="saved_card_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="active")
                | (~models.Q(customer_ref="") & ~models.Q(method_ref="")),
                name="saved_card_active_has_refs",
            ),
        ]

    @transition(field=state, source=CardState.ASKED, target=CardState.ACTIVE)
    def accept(self, *, method_ref: str, brand: str, last4: str) -> None:
        self.method_ref, self.brand, self.last4 = method_ref, brand, last4

    @transition(field=state, source=CardState.ASKED, target=CardState.REFUSED)
    def refuse(self, *, refusal: str) -> None:
        self.refusal = refusal[:200]

    @transition(field=state, source=CardState.ACTIVE, target=CardState.REMOVED)
    def remove(self) -> None:
        """It stays in the books; it is charged no more."""
