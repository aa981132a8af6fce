from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coop.kernel import Money
from coop.members import queries as members
from payments.charges.gateways import (
    CardSaved,
    Gateway,
    Payment,
    PaymentState,
    Refunded,
    Refused,
    Unsure,
    gateway,
)
from payments.charges.models import Charge, Intent, SavedCard
from payments.charges.operations._absorb import absorb, fail
from payments.charges.operations._refund import finish_refund, give_up_refund
from payments.charges.operations._save_card import finish_card, refuse_card
from payments.charges.operations._store_intent import promise, store_intent
from payments.charges.rules.patience import LOOK_AGAIN_AFTER, MAX_ATTEMPTS, may_repost
from payments.charges.types import IntentKind, IntentState

Answer = Payment | Refunded | CardSaved
_ENDS = {IntentKind.CAPTURE: PaymentState.CAPTURED, IntentKind.RELEASE: PaymentState.GONE}


@transaction.atomic
def carry_out(*, at: datetime, intent_id: UUID) -> None:
    """Ask the provider what a stored intent says, or look up what became of it; an outbox effect.

    Below 23 hours the question is repeated under the same key. Beyond, or after a 500, it is
    looked up. Raises Unreachable, so that the outbox tries again.
    """
    intent = Intent.objects.select_related("charge", "saved_card", "refund").get(id=intent_id)
    if intent.state in (IntentState.DONE, IntentState.FAILED):
        return
    if _nobody_waits(intent):
        _end(intent, at, IntentState.FAILED, outcome="not needed any more")
        return
    young = may_repost(stored_at=intent.stored_at, at=at)
    try:
        if intent.state == IntentState.STORED and young:
            _finish(intent, at, _ask(gateway(), intent))
        else:
            _look(intent, at)
    except Unsure:
        Intent.objects.filter(id=intent.id, state=IntentState.STORED).update(
            state=IntentState.UNSURE
        )
        tries = int(at.timestamp())
        promise(
            intent.id, intent.cooperative_id, at=at, due_at=at + LOOK_AGAIN_AFTER,
            step=f"look-{tries}",
        )  # fmt: skip
    except Refused as refused:
        _refused(intent, at, refused)


def _nobody_waits(intent: Intent) -> bool:
    """A hold that was never asked for is not asked for when the charge was let go meanwhile."""
    charge = intent.charge
    unasked = intent.state == IntentState.STORED and intent.kind == IntentKind.HOLD
    return unasked and charge is not None and charge.state not in ("draft", "failed")


def _charge(intent: Intent) -> Charge:
    assert intent.charge is not None
    return intent.charge


def _card(intent: Intent) -> SavedCard:
    card = intent.saved_card or _charge(intent).saved_card
    assert card is not None
    return card


def _ask(provider: Gateway, intent: Intent) -> Answer:
    amount = Money(intent.amount_minor, intent.currency)
    match intent.kind:
        case IntentKind.SAVE_CARD:
            card = _card(intent)
            return provider.save_card(
                key=intent.id, household_id=card.household_id, method=card.asked_method,
                customer_ref=card.customer_ref,
            )  # fmt: skip
        case IntentKind.HOLD:
            card = _card(intent)
            return provider.hold(
                key=intent.id, charge_id=_charge(intent).id, amount=amount,
                customer_ref=card.customer_ref, method_ref=card.method_ref,
            )  # fmt: skip
        case IntentKind.CAPTURE:
            ref = _charge(intent).provider_ref
            return provider.capture(key=intent.id, ref=ref, amount=amount)
        case IntentKind.RELEASE:
            return provider.release(key=intent.id, ref=_charge(intent).provider_ref)
        case _:
            ref = _charge(intent).provider_ref
            return provider.refund(key=intent.id, ref=ref, amount=amount)


def _look(intent: Intent, at: datetime) -> None:
    provider, key, since = gateway(), intent.id, intent.stored_at
    found: Answer | None
    match intent.kind:
        case IntentKind.SAVE_CARD:
            found = provider.look_up_card(key=key, since=since)
        case IntentKind.HOLD:
            customer = _card(intent).customer_ref
            found = provider.look_up_hold(key=key, customer_ref=customer, since=since)
        case IntentKind.REFUND:
            found = provider.look_up_refund(key=key, ref=_charge(intent).provider_ref)
        case _:
            found = provider.look_up_payment(ref=_charge(intent).provider_ref)
            if found.state == PaymentState.HELD:
                found = None
    if found is not None:
        _finish(intent, at, found)
    else:
        _again(intent, at)


def _again(intent: Intent, at: datetime) -> None:
    """It did not happen. Ask anew under a new key, three times at most."""
    _end(intent, at, IntentState.FAILED, outcome="looked up: it did not happen")
    if intent.attempt >= MAX_ATTEMPTS:
        _no(intent, at, "The payment provider does not answer.")
        return
    store_intent(
        by=members.system_ref(intent.cooperative_id), at=at, kind=IntentKind(intent.kind),
        amount=Money(intent.amount_minor, intent.currency), charge=intent.charge,
        saved_card=intent.saved_card, refund=intent.refund, attempt=intent.attempt + 1,
    )  # fmt: skip


def _finish(intent: Intent, at: datetime, answer: Answer) -> None:
    if isinstance(answer, CardSaved):
        done = finish_card(at=at, card_id=_card(intent).id, saved=answer)
        _end(intent, at, IntentState.DONE if done else IntentState.FAILED, ref=answer.ref)
    elif isinstance(answer, Refunded):
        assert intent.refund is not None
        finish_refund(at=at, refund_id=intent.refund.id, ref=answer.ref)
        _end(intent, at, IntentState.DONE, ref=answer.ref)
    else:
        absorb(at=at, charge_id=_charge(intent).id, payment=answer)
        if intent.kind == IntentKind.HOLD:
            reached = answer.state in (PaymentState.HELD, PaymentState.CAPTURED)
        else:
            reached = answer.state == _ENDS[IntentKind(intent.kind)]
        state = IntentState.DONE if reached else IntentState.FAILED
        _end(intent, at, state, ref=answer.ref, outcome=answer.refusal)


def _refused(intent: Intent, at: datetime, refused: Refused) -> None:
    """A definite no. For the end of a hold, see first whether it ended already."""
    if intent.kind in _ENDS:
        _finish(intent, at, gateway().look_up_payment(ref=_charge(intent).provider_ref))
        return
    if intent.kind == IntentKind.REFUND:
        made = gateway().look_up_refund(key=intent.id, ref=_charge(intent).provider_ref)
        if made is not None:
            _finish(intent, at, made)
            return
    _end(intent, at, IntentState.FAILED, outcome=f"{refused.code}: {refused.sentence}")
    _no(intent, at, refused.sentence)


def _no(intent: Intent, at: datetime, why: str) -> None:
    by = members.system_ref(intent.cooperative_id)
    if intent.kind == IntentKind.SAVE_CARD:
        refuse_card(at=at, card_id=_card(intent).id, why=why)
    elif intent.kind == IntentKind.HOLD:
        charge = Charge.objects.select_for_update().get(id=_charge(intent).id)
        if charge.state in ("draft", "failed"):
            fail(by, at, charge, why)
    elif intent.refund is not None:
        give_up_refund(at=at, refund_id=intent.refund.id)


def _end(
    intent: Intent, at: datetime, state: IntentState, *, ref: str = "", outcome: str = ""
) -> None:
    """Only a live intent ends; a webhook may have ended it first."""
    Intent.objects.filter(id=intent.id, state__in=["stored", "unsure"]).update(
        state=state, effect_ref=ref, outcome=outcome[:200], settled_at=at
    )
