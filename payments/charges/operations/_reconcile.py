from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction

from coop.audit import operations as audit
from coop.kernel import saying
from coop.members import queries as members
from coop.members.types import MemberRef
from coop.outbox import operations as outbox
from payments.charges.gateways import gateway
from payments.charges.models import Charge, Intent
from payments.charges.operations._absorb import absorb
from payments.charges.operations._store_intent import promise
from payments.charges.types import ChargeState, Rail

REFRESH = "charges.refresh"
_LATE = timedelta(minutes=10)


@transaction.atomic
def reconcile(*, by: MemberRef, at: datetime) -> int:
    """Promise to look again at everything unfinished with the provider; how many.

    Intents without an answer after ten minutes; held and captured charges, whose hold may have
    fallen back or whose money may have been paid out. At most once an hour for each.
    """
    hour = at.strftime("%Y%m%d%H")
    late = Intent.objects.filter(
        cooperative_id=by.cooperative_id, state__in=["stored", "unsure"], stored_at__lte=at - _LATE
    ).values_list("id", flat=True)
    for intent_id in late:
        promise(intent_id, by.cooperative_id, at=at, due_at=at, step=f"late-{hour}")
    open_ones = Charge.objects.filter(
        cooperative_id=by.cooperative_id, rail=Rail.CARD, settled_at__isnull=True,
        state__in=[ChargeState.HELD, ChargeState.CAPTURED, ChargeState.REFUNDED],
    ).values_list("id", flat=True)  # fmt: skip
    for charge_id in open_ones:
        outbox.promise(
            key=f"charges.refresh:{charge_id}:{hour}", effect=REFRESH,
            payload={"charge_id": str(charge_id)}, due_at=at, at=at,
            cooperative_id=by.cooperative_id,
        )  # fmt: skip
    count = len(late) + len(open_ones)
    if count:
        audit.record(
            by=by, at=at, sentence=saying("looked again at %(count)s open payments", count=count),
            about=("cooperative", by.cooperative_id),
        )  # fmt: skip
    return count


@transaction.atomic
def promise_reconcile(*, at: datetime) -> int:
    """Promise every cooperative its look of this hour; however many ask, it is one (UTC)."""
    hour = at.astimezone(UTC).strftime("%Y%m%d%H")
    cards = members.cooperatives()
    for card in cards:
        outbox.promise(
            key=f"charges.reconcile:{card.id}:{hour}", effect="charges.reconcile",
            payload={"cooperative": str(card.id)}, due_at=at, at=at, cooperative_id=card.id,
        )  # fmt: skip
    return len(cards)


@transaction.atomic
def refresh(*, at: datetime, charge_id: UUID) -> None:
    """Fetch a charge's payment and move it forward; an outbox effect."""
    ref = Charge.objects.values_list("provider_ref", flat=True).get(id=charge_id)
    if ref:
        absorb(at=at, charge_id=charge_id, payment=gateway().look_up_payment(ref=ref))
