"""What the outbox carries out for charges: ids in, one operation."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from coop.members import queries as members
from coop.outbox.registry import effect
from payments.charges import operations


@effect("charges.carry_out")
def carry_out(payload: dict[str, Any], *, at: datetime) -> None:
    operations.carry_out(at=at, intent_id=UUID(payload["intent_id"]))


@effect("charges.apply_webhook")
def apply_webhook(payload: dict[str, Any], *, at: datetime) -> None:
    operations.apply_webhook(at=at, provider_id=payload["provider_id"])


@effect("charges.refresh")
def refresh(payload: dict[str, Any], *, at: datetime) -> None:
    operations.refresh(at=at, charge_id=UUID(payload["charge_id"]))


@effect("charges.hold_when_due")
def hold_when_due(payload: dict[str, Any], *, at: datetime) -> None:
    operations.hold_when_due(at=at, charge_id=UUID(payload["charge_id"]))


@effect("charges.reconcile")
def reconcile(payload: dict[str, Any], *, at: datetime) -> None:
    by = members.system_ref(UUID(payload["cooperative"]))
    operations.reconcile(by=by, at=at)


@shared_task(name="payments.charges.tasks.reconcile_all")
def reconcile_all() -> int:
    """Beat's part, and only a hint: every cooperative looks again at what is open once an hour."""
    return operations.promise_reconcile(at=timezone.now())
