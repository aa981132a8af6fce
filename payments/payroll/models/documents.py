"""A receipt that somebody kept."""

from __future__ import annotations

import uuid

from django.db import models

#: Bytes a receipt may have.
LARGEST = 2_000_000


class Document(models.Model):
    """A file of a fund or a bank, kept whole; the same bytes twice are one row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    kept_by = models.ForeignKey(
        "members.User", on_delete=models.PROTECT, related_name="+", null=True
    )
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "sha256"], name="document_once"),
            models.CheckConstraint(
                condition=models.Q(size__gt=0, size__lte=LARGEST), name="document_not_too_large"
            ),
        ]
