from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import RuleBroken, saying
from coop.members.types import MemberRef
from payments.charges.models import Intent
from payments.charges.operations._lock import lock_charge, saw
from payments.charges.operations._store_intent import store_intent
from payments.charges.types import ChargeState, IntentKind


@transaction.atomic
def release(*, by: MemberRef, at: datetime, charge_id: UUID, reason: str) -> None:
    """Let a charge go: what is held falls back; what is not held is simply no longer asked.

    Raises RuleBroken `charge_taken` when money was taken already (refund it instead).
    """
    charge = lock_charge(by, charge_id)
    if charge.state == ChargeState.RELEASED:
        return
    if charge.captured_minor or charge.state not in (
        ChargeState.DRAFT,
        ChargeState.FAILED,
        ChargeState.HELD,
    ):
        raise RuleBroken("charge_taken", _("Money was taken already; give it back instead."))
    asked = Intent.objects.filter(
        charge=charge, kind=IntentKind.HOLD, state__in=["stored", "unsure"]
    )
    if charge.due_minor is None:
        charge.due_minor = 0
    if charge.state == ChargeState.HELD:
        amount = charge.money(charge.held_minor)
        store_intent(by=by, at=at, kind=IntentKind.RELEASE, amount=amount, charge=charge)
    elif not asked.exists():
        charge.release()
    saw(charge)
    audit.record(
        by=by,
        at=at,
        sentence=saying("let the charge go: %(reason)s", reason=reason),
        about=("charge", charge.id),
    )
