from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coop.kernel import Money
from coop.members.types import MemberRef
from coop.outbox import operations as outbox
from payments.charges.models import Charge, Intent, Refund, SavedCard
from payments.charges.operations._lock import explained
from payments.charges.types import IntentKind

CARRY_OUT = "charges.carry_out"


def store_intent(
    *,
    by: MemberRef,
    at: datetime,
    kind: IntentKind,
    amount: Money,
    charge: Charge | None = None,
    saved_card: SavedCard | None = None,
    refund: Refund | None = None,
    attempt: int = 1,
) -> UUID:
    """What is to be asked, stored before it is asked; the outbox asks after commit (I7)."""
    with explained(), transaction.atomic():
        intent = Intent.objects.create(
            cooperative_id=by.cooperative_id, kind=kind, charge=charge, saved_card=saved_card,
            refund=refund, amount_minor=amount.minor, currency=amount.currency, attempt=attempt,
            stored_at=at,
        )  # fmt: skip
    promise(intent.id, by.cooperative_id, at=at, due_at=at, step="ask")
    return intent.id


def promise(
    intent_id: UUID, cooperative_id: UUID, *, at: datetime, due_at: datetime, step: str
) -> None:
    outbox.promise(
        key=f"charges.{step}:{intent_id}",
        effect=CARRY_OUT,
        payload={"intent_id": str(intent_id)},
        due_at=due_at,
        at=at,
        cooperative_id=cooperative_id,
    )
