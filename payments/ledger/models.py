"""The books: accounts, entries, postings. The database balances, seals and keeps them."""

from __future__ import annotations

import uuid

from django.db import models

from coop.kernel import again
from payments.ledger.types import AccountKind


class Account(models.Model):
    """One account of a cooperative, for one owner or for the house; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in AccountKind])
    owner_id = models.UUIDField(null=True)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "code", "owner_id", "currency"],
                nulls_distinct=False,
                name="account_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[k.value for k in AccountKind]),
                name="account_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Entry(models.Model):
    """One event in the books; the same key is the same event."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True)
    memo = models.CharField(max_length=300)
    facts = models.JSONField(default=dict, help_text="What the memo names.")
    at = models.DateTimeField()
    by = models.ForeignKey("members.User", on_delete=models.PROTECT, related_name="+", null=True)
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "key"], name="entry_key_once"),
            models.UniqueConstraint(fields=["reverses"], name="entry_reversed_once"),
        ]
        indexes = [
            models.Index(fields=["cooperative", "at"], name="entry_by_time"),
            models.Index(fields=["about_id"], name="entry_by_subject"),
        ]

    def __str__(self) -> str:
        return str(again(self.memo, self.facts))


class Posting(models.Model):
    """One leg of an entry, in minor units: a debit above zero, a credit below."""

    id = models.BigAutoField(primary_key=True)
    cooperative = models.ForeignKey(
        "members.Cooperative", on_delete=models.PROTECT, related_name="+"
    )
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(amount_minor=0), name="posting_is_something"
            ),
        ]
