"""Personal tokens for the API."""

from __future__ import annotations

import uuid

from django.db import models

from coop.members.models.cooperative import Cooperative
from coop.members.models.people import User


class ApiToken(models.Model):
    """A key a program holds for a person in one cooperative; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80, help_text="What she calls the program.")
    prefix = models.CharField(max_length=12, help_text="The part shown to tell tokens apart.")
    hash = models.CharField(max_length=64, help_text="SHA-256 of the whole token, hex.")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hash"], name="token_hash_once"),
            models.CheckConstraint(
                condition=models.Q(hash__regex=r"^[0-9a-f]{64}$"), name="token_only_hashed"
            ),
        ]
        indexes = [models.Index(fields=["user", "cooperative"], name="tokens_of_person")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
