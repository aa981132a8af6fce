from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import RuleBroken, saying
from coop.members.types import MemberRef
from payments.charges.models import Charge, SavedCard
from payments.charges.operations._lock import lock_charge, saw
from payments.charges.operations._store_intent import store_intent
from payments.charges.types import CardState, ChargeState, IntentKind, Rail


@transaction.atomic
def hold(
    *,
    by: MemberRef,
    at: datetime,
    charge_id: UUID,
    saved_card_id: UUID | None = None,
) -> UUID:
    """Ask the card for the amount; after a refusal, with another card too. The intent's id.

    Raises RuleBroken `charge_not_waiting`, `charge_needs_card`, `intent_one_live_hold`.
    """
    charge = lock_charge(by, charge_id)
    if charge.state not in (ChargeState.DRAFT, ChargeState.FAILED):
        raise RuleBroken("charge_not_waiting", _("This charge is not waiting for a card."))
    if charge.captured_minor:
        raise RuleBroken("charge_not_waiting", _("Part of this charge is paid by hand already."))
    card = usable_card(charge, saved_card_id or charge.saved_card_id)
    charge.saved_card, charge.rail = card, Rail.CARD
    saw(charge)
    amount = charge.money(charge.amount_minor if charge.due_minor is None else charge.due_minor)
    intent_id = store_intent(by=by, at=at, kind=IntentKind.HOLD, amount=amount, charge=charge)
    audit.record(
        by=by,
        at=at,
        sentence=saying("asked to hold %(amount)s", amount=amount),
        about=("charge", charge.id),
    )
    return intent_id


def usable_card(charge: Charge, card_id: UUID | None) -> SavedCard:
    """An active card of the charge's household. Raises RuleBroken `charge_needs_card`."""
    cards = SavedCard.objects.filter(
        cooperative_id=charge.cooperative_id, household_id=charge.household_id,
        state=CardState.ACTIVE,
    )  # fmt: skip
    card = cards.filter(id=card_id).first() if card_id else None
    if card is None:
        raise RuleBroken("charge_needs_card", _("Save a card first, or pay by hand."))
    return card
