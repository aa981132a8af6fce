from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import RuleBroken, saying
from coop.members import queries as members
from coop.members.types import MemberRef
from coop.outbox import operations as outbox
from payments.charges.events import ChargeSecured
from payments.charges.models import Charge, Intent
from payments.charges.operations._absorb import fail, hint
from payments.charges.operations._hold import hold, usable_card
from payments.charges.operations._lock import lock_charge, saw
from payments.charges.queries import active_card
from payments.charges.types import CardState, ChargeState, IntentKind, Rail

HOLD_WHEN_DUE = "charges.hold_when_due"
_WAITING = (ChargeState.DRAFT, ChargeState.FAILED)


@transaction.atomic
def arrange_hold(
    *, by: MemberRef, at: datetime, charge_id: UUID, saved_card_id: UUID | None = None
) -> None:
    """Pay with this card: ask it now, or when its hold will last until the visit is paid.

    A usable card that is asked later secures the visit meanwhile. Raises RuleBroken
    `charge_not_waiting`, `charge_needs_card`, `intent_one_live_hold`.
    """
    charge = lock_charge(by, charge_id)
    due = charge.hold_from
    if due is None or due <= at or charge.due_minor is not None:
        hold(by=by, at=at, charge_id=charge_id, saved_card_id=saved_card_id)
        return
    if charge.state not in _WAITING or charge.captured_minor:
        raise RuleBroken("charge_not_waiting", _("This charge is not waiting for a card."))
    charge.saved_card = usable_card(charge, saved_card_id or charge.saved_card_id)
    charge.rail = Rail.CARD
    saw(charge)
    outbox.promise(
        key=f"{HOLD_WHEN_DUE}:{charge.id}:{due.isoformat()}", effect=HOLD_WHEN_DUE,
        payload={"charge_id": str(charge.id)}, due_at=due, at=at,
        cooperative_id=charge.cooperative_id,
    )  # fmt: skip
    audit.record(
        by=by,
        at=at,
        sentence=saying("will ask the card on %(due)s", due=due.date()),
        about=("charge", charge.id),
    )
    publish(ChargeSecured(charge.cooperative_id, charge.id, charge.booking_id, at))
    hint(charge)


@transaction.atomic
def hold_when_due(*, at: datetime, charge_id: UUID) -> None:
    """Ask the card that was named, or another of the household's; an outbox effect.

    Without any the charge fails, and the household is told while there is time.
    """
    charge = Charge.objects.select_for_update().get(id=charge_id)
    by = members.system_ref(charge.cooperative_id)
    if charge.state != ChargeState.DRAFT or charge.rail != Rail.CARD or _being_asked(charge):
        return
    card = _any_card(charge)
    if card is None:
        fail(by, at, charge, "There is no card to charge any more.")
        return
    hold(by=by, at=at, charge_id=charge.id, saved_card_id=card)


def _being_asked(charge: Charge) -> bool:
    asked = Intent.objects.filter(
        charge=charge, kind=IntentKind.HOLD, state__in=["stored", "unsure"]
    )
    return asked.exists()


def _any_card(charge: Charge) -> UUID | None:
    named = charge.saved_card
    if named is not None and named.state == CardState.ACTIVE:
        return named.id
    return active_card(cooperative_id=charge.cooperative_id, household_id=charge.household_id)
