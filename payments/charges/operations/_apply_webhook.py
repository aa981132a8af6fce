from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from coop.kernel import BadInput
from coop.outbox import operations as outbox
from payments.charges.gateways import Payment, WebhookForged, gateway
from payments.charges.models import Charge, WebhookEvent
from payments.charges.operations._absorb import absorb
from payments.charges.types import Heard

APPLY = "charges.apply_webhook"
#: What we follow; everything else is stored and ignored.
_FOLLOWED = ("payment_intent.", "charge.", "refund.")


@transaction.atomic
def receive_webhook(*, at: datetime, body: bytes, signature: str) -> str:
    """Keep a verified message as it came and promise to act on it; the provider's id for it.

    Twice the same is once. Raises BadInput `webhook_forged` on any fault at all.
    """
    try:
        heard = gateway().hear(
            body=body, signature=signature, secret=settings.STRIPE_WEBHOOK_SECRET, at=at
        )
        raw = body.decode("utf-8")
    except (WebhookForged, UnicodeDecodeError) as error:
        raise BadInput("webhook_forged", "This message cannot be verified.") from error
    row = WebhookEvent(
        provider_id=heard.provider_id, kind=heard.kind, object_ref=heard.object_ref, raw=raw,
        happened_at=heard.happened_at, received_at=at,
    )  # fmt: skip
    WebhookEvent.objects.bulk_create([row], ignore_conflicts=True)
    outbox.promise(
        key=f"charges.webhook:{heard.provider_id}", effect=APPLY,
        payload={"provider_id": heard.provider_id}, due_at=at, at=at,
    )  # fmt: skip
    return heard.provider_id


@transaction.atomic
def apply_webhook(*, at: datetime, provider_id: str) -> None:
    """Fetch the object a message names and move its charge forward; an outbox effect."""
    event = WebhookEvent.objects.get(provider_id=provider_id)
    if event.state != Heard.STORED:
        return
    charge, payment = _meant(event)
    if charge is None or payment is None:
        _heard(event, at, Heard.IGNORED, None)
        return
    absorb(at=at, charge_id=charge.id, payment=payment)
    _heard(event, at, Heard.APPLIED, charge.cooperative_id)


def _meant(event: WebhookEvent) -> tuple[Charge | None, Payment | None]:
    if not event.kind.startswith(_FOLLOWED):
        return None, None
    ref = gateway().payment_of(object_ref=event.object_ref)
    if ref is None:
        return None, None
    payment = gateway().look_up_payment(ref=ref)
    charge = Charge.objects.filter(provider_ref=ref).first()
    if charge is None and payment.charge_id is not None:
        charge = Charge.objects.filter(id=payment.charge_id).first()
    return charge, payment


def _heard(event: WebhookEvent, at: datetime, state: Heard, cooperative_id: UUID | None) -> None:
    WebhookEvent.objects.filter(id=event.id, state=Heard.STORED).update(
        state=state, applied_at=at, cooperative_id=cooperative_id
    )
