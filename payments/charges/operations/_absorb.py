from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import Said, saying
from coop.members import queries as members
from coop.members.types import MemberRef
from payments.charges.events import ChargeCaptured, ChargeFailed, ChargeSecured
from payments.charges.gateways import Payment, PaymentState
from payments.charges.models import Charge, Intent
from payments.charges.operations._capture import go_for_it
from payments.charges.operations._hint import hint as hint_pages
from payments.charges.operations._hold import hold
from payments.charges.operations._lock import saw
from payments.charges.operations._post import post_capture, post_fee, post_payout
from payments.charges.rules.patience import may_renew
from payments.charges.types import CardState, ChargeState, IntentKind

_WAITING = (ChargeState.DRAFT, ChargeState.FAILED)
_LIVE = ("stored", "unsure")


@transaction.atomic
def absorb(*, at: datetime, charge_id: UUID, payment: Payment) -> None:
    """Move a charge forward to where the provider has it; never backward, and once for each step.

    Called with whatever was just fetched: an answer, a look-up, an object named by a webhook. So
    order and number of the messages do not matter.
    """
    charge = Charge.objects.select_for_update().get(id=charge_id)
    by = members.system_ref(charge.cooperative_id)
    if not _belongs(charge, payment):
        return
    if payment.state in (PaymentState.HELD, PaymentState.CAPTURED) and charge.state in _WAITING:
        _held(by, at, charge, payment)
    if payment.state == PaymentState.CAPTURED:
        if charge.state == ChargeState.HELD:
            _captured(by, at, charge, payment)
        if charge.captured_minor and not charge.fee_minor and payment.fee is not None:
            charge.fee_minor = payment.fee.minor
            saw(charge)
            post_fee(by=by, at=at, charge=charge)
        if payment.paid_out and charge.settled_at is None:
            _settled(by, at, charge)
    elif payment.state == PaymentState.GONE and charge.state == ChargeState.HELD:
        _gone(by, at, charge, payment)
    elif payment.state in (PaymentState.OPEN, PaymentState.ASKS) and charge.state == "draft":
        asks = "Your bank wants to ask you first; use another card."
        fail(by, at, charge, payment.refusal or asks)
    if payment.state == PaymentState.HELD and charge.state == ChargeState.HELD:
        _follow_up(by, at, charge)


def _belongs(charge: Charge, payment: Payment) -> bool:
    """Whether this payment is the one the charge follows; a waiting charge takes up a new one."""
    if charge.provider_ref == payment.ref:
        return True
    if charge.provider_ref and charge.state not in _WAITING:
        return False
    if payment.charge_id != charge.id or payment.state == PaymentState.GONE:
        return False
    charge.provider_ref = payment.ref
    return True


def _held(by: MemberRef, at: datetime, charge: Charge, payment: Payment) -> None:
    charge.hold(held_minor=payment.held.minor)
    charge.held_at = at
    saw(charge)
    if payment.intent_id is not None:
        Intent.objects.filter(
            charge=charge, kind=IntentKind.HOLD, state__in=_LIVE, id=payment.intent_id
        ).update(state="done", effect_ref=payment.ref, settled_at=at)
    audit.record(
        by=by,
        at=at,
        sentence=saying("holds %(held)s", held=payment.held),
        about=("charge", charge.id),
    )
    publish(ChargeSecured(charge.cooperative_id, charge.id, charge.booking_id, at))
    hint(charge)


def _follow_up(by: MemberRef, at: datetime, charge: Charge) -> None:
    """What was due or let go before the hold came is done now."""
    ended = Intent.objects.filter(
        charge=charge, kind__in=["capture", "release"], state__in=[*_LIVE, "done"]
    )
    if charge.due_minor is not None and not ended.exists():
        go_for_it(by=by, at=at, charge=charge)


def _captured(by: MemberRef, at: datetime, charge: Charge, payment: Payment) -> None:
    charge.capture(captured_minor=payment.captured.minor)
    charge.captured_at = at
    saw(charge)
    post_capture(by=by, at=at, charge=charge)
    audit.record(
        by=by,
        at=at,
        sentence=saying("took %(captured)s", captured=payment.captured),
        about=("charge", charge.id),
    )
    publish(
        ChargeCaptured(
            charge.cooperative_id, charge.id, charge.booking_id, payment.captured, at
        )
    )  # fmt: skip
    hint(charge)


def _settled(by: MemberRef, at: datetime, charge: Charge) -> None:
    if charge.state == ChargeState.CAPTURED:
        charge.settle()
    charge.settled_at = at
    saw(charge)
    post_payout(by=by, at=at, charge=charge)
    audit.record(by=by, at=at, sentence=saying("was paid out"), about=("charge", charge.id))


def _gone(by: MemberRef, at: datetime, charge: Charge, payment: Payment) -> None:
    """Let go by us, or fallen back by age: then the money has to be found anew."""
    asked = Intent.objects.filter(charge=charge, kind=IntentKind.RELEASE).exclude(state="failed")
    charge.held_minor = 0
    if asked.exists():
        charge.release()
        saw(charge)
        audit.record(by=by, at=at, sentence=saying("let the hold go"), about=("charge", charge.id))
        hint(charge)
        return
    why = "The bank let the hold go after seven days." if payment.expired else "The hold is gone."
    card = charge.saved_card
    wanted = may_renew(hold_from=charge.hold_from, due_minor=charge.due_minor, at=at)
    if payment.expired and wanted and card is not None and card.state == CardState.ACTIVE:
        charge.fail(failure=why)
        saw(charge)
        hold(by=by, at=at, charge_id=charge.id)
        hint(charge)
        return
    fail(by, at, charge, why)


def fail(by: MemberRef, at: datetime, charge: Charge, why: str) -> None:
    """The household has to act; a charge nobody waits for any more is simply released."""
    if charge.due_minor == 0:
        charge.release()
        saw(charge)
        return
    charge.fail(failure=why)
    saw(charge)
    audit.record(
        by=by, at=at, sentence=saying("failed: %(why)s", why=Said(why)), about=("charge", charge.id)
    )
    publish(
        ChargeFailed(
            charge.cooperative_id,
            charge.id,
            charge.booking_id,
            charge.household_id,
            charge.money(charge.amount_minor if charge.due_minor is None else charge.due_minor),
            why,
            at,
        )
    )
    hint(charge)


def hint(charge: Charge) -> None:
    hint_pages(
        cooperative_id=charge.cooperative_id, household_id=charge.household_id, id=charge.id,
        version=charge.version,
    )  # fmt: skip
