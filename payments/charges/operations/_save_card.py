from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import BadInput, Money, NotFound, saying
from coop.members import queries as members
from coop.members.types import MemberRef
from payments.charges.events import CardKept, CardRefused
from payments.charges.gateways import CardSaved
from payments.charges.models import SavedCard
from payments.charges.operations._hint import hint
from payments.charges.operations._store_intent import store_intent
from payments.charges.queries import may_steer
from payments.charges.types import CardState, IntentKind


@transaction.atomic
def save_card(*, by: MemberRef, at: datetime, household_id: UUID, method: str) -> UUID:
    """Ask the provider to keep a card for a household; `method` is the provider's name for it.

    The card is usable once its state is `active`. Raises NotFound `household_unknown`.
    """
    if not (by.is_system or by.household_id == household_id or by.has("coordinator")):
        raise NotFound("household_unknown", _("This household is not known here."))
    if not method.startswith("pm_") or len(method) > 80:
        raise BadInput("card_unreadable", _("Choose a card."))
    known = SavedCard.objects.filter(cooperative_id=by.cooperative_id, household_id=household_id)
    customer = known.exclude(customer_ref="").values_list("customer_ref", flat=True).first()
    card = SavedCard.objects.create(
        cooperative_id=by.cooperative_id, household_id=household_id, asked_method=method,
        customer_ref=customer or "", asked_at=at,
    )  # fmt: skip
    store_intent(
        by=by, at=at, kind=IntentKind.SAVE_CARD, amount=Money.zero(by.currency), saved_card=card
    )
    audit.record(
        by=by, at=at, sentence=saying("asked to save a card"), about=("saved_card", card.id)
    )
    return card.id


@transaction.atomic
def remove_card(*, by: MemberRef, at: datetime, card_id: UUID) -> None:
    """Charge a card no more; what it paid stays in the books."""
    card = SavedCard.objects.select_for_update().filter(may_steer(by), id=card_id).first()
    if card is None or card.state != CardState.ACTIVE:
        raise NotFound("card_unknown", _("There is no such card."))
    card.remove()
    card.save()
    audit.record(by=by, at=at, sentence=saying("removed a card"), about=("saved_card", card.id))


@transaction.atomic
def finish_card(*, at: datetime, card_id: UUID, saved: CardSaved) -> bool:
    """What became of it; whether the card can be used."""
    card = SavedCard.objects.select_for_update().get(id=card_id)
    if card.state != CardState.ASKED:
        return bool(card.state == CardState.ACTIVE)
    card.customer_ref = saved.customer_ref
    if saved.asks:
        _refuse(card, at, "Your bank wants to ask you first; use another card.")
        return False
    card.accept(method_ref=saved.method_ref, brand=saved.brand, last4=saved.last4)
    _settle(card, at)
    publish(CardKept(card.cooperative_id, card.id, card.household_id, at))
    return True


@transaction.atomic
def refuse_card(*, at: datetime, card_id: UUID, why: str) -> None:
    """The provider said no; once."""
    card = SavedCard.objects.select_for_update().get(id=card_id)
    if card.state == CardState.ASKED:
        _refuse(card, at, why)


def _refuse(card: SavedCard, at: datetime, why: str) -> None:
    card.refuse(refusal=why)
    _settle(card, at)
    publish(CardRefused(card.cooperative_id, card.id, card.household_id, at))


def _settle(card: SavedCard, at: datetime) -> None:
    card.settled_at = at
    card.save()
    by = members.system_ref(card.cooperative_id)
    audit.record(
        by=by,
        at=at,
        sentence=saying("card is %(state)s", state=card.state),
        about=("saved_card", card.id),
    )
    hint(cooperative_id=card.cooperative_id, household_id=card.household_id, id=card.id, version=0)
