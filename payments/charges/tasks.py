"""What the outbox carries out for charges: ids in, one operation."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

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
