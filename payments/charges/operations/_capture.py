from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import BadInput, Money, RuleBroken, saying
from coop.members.types import MemberRef
from payments.charges.events import TooMuchPaid
from payments.charges.models import Charge, Intent
from payments.charges.operations._hold import hold
from payments.charges.operations._lock import lock_charge, saw
from payments.charges.operations._post import post_due
from payments.charges.operations._release import release
from payments.charges.operations._store_intent import store_intent
from payments.charges.types import CardState, ChargeState, IntentKind, Rail


@transaction.atomic
def capture(*, by: MemberRef, at: datetime, charge_id: UUID, amount: Money) -> UUID:
    """Take a held amount or a part of it; the rest of the hold falls back. The intent's id.

    Raises RuleBroken `charge_not_held`, `capture_over_hold`, `intent_one_end_per_charge`.
    """
    charge = lock_charge(by, charge_id)
    if charge.state != ChargeState.HELD:
        raise RuleBroken("charge_not_held", _("Nothing is held on this charge."))
    if not 0 < amount.minor <= charge.held_minor or amount.currency != charge.currency:
        raise RuleBroken(
            "capture_over_hold",
            _("No more than the held amount can be taken, and more than nothing."),
            held=str(charge.money(charge.held_minor)),
        )
    intent_id = store_intent(by=by, at=at, kind=IntentKind.CAPTURE, amount=amount, charge=charge)
    audit.record(
        by=by,
        at=at,
        sentence=saying("asked to take %(amount)s", amount=amount),
        about=("charge", charge.id),
    )
    return intent_id


@transaction.atomic
def collect(*, by: MemberRef, at: datetime, charge_id: UUID, amount: Money) -> None:
    """Say what is due in the end and go for it: capture a hold, hold a card anew, or wait for
    money by hand. Nothing due releases the charge. Saying it twice is saying it once.

    What was paid by hand before and is not due stays received, and is owed back (`TooMuchPaid`).

    Raises BadInput `due_over_price`, RuleBroken `due_is_fixed`.
    """
    charge = lock_charge(by, charge_id)
    if amount.currency != charge.currency or not 0 <= amount.minor <= charge.amount_minor:
        raise BadInput("due_over_price", _("What is due is at most the agreed price."))
    if charge.due_minor is not None:
        if charge.due_minor != amount.minor:
            raise RuleBroken("due_is_fixed", _("What is due was said already."))
        return
    charge.due_minor = amount.minor
    saw(charge)
    post_due(by=by, at=at, charge=charge)
    audit.record(
        by=by,
        at=at,
        sentence=saying("said that %(amount)s is due", amount=amount),
        about=("charge", charge.id),
    )
    go_for_it(by=by, at=at, charge=charge)


def go_for_it(*, by: MemberRef, at: datetime, charge: Charge) -> None:
    """The next step toward what is due, when there is one."""
    due = charge.due_minor or 0
    if charge.rail == Rail.MANUAL and charge.captured_minor and charge.captured_minor >= due:
        paid_by_hand(charge, at)
        saw(charge)
        _owe_back(charge, at)
    elif not due:
        release(by=by, at=at, charge_id=charge.id, reason="nothing is due")
    elif charge.state == ChargeState.HELD:
        amount = charge.money(min(due, charge.held_minor))
        capture(by=by, at=at, charge_id=charge.id, amount=amount)
    elif charge.rail == Rail.CARD and charge.state in (ChargeState.DRAFT, ChargeState.FAILED):
        asked = Intent.objects.filter(
            charge=charge, kind=IntentKind.HOLD, state__in=["stored", "unsure"]
        )
        card = charge.saved_card
        if card is not None and card.state == CardState.ACTIVE and not asked.exists():
            hold(by=by, at=at, charge_id=charge.id)


def _owe_back(charge: Charge, at: datetime) -> None:
    """More was paid by hand than is due in the end: somebody has to give the rest back."""
    if charge.overpaid_minor:
        publish(
            TooMuchPaid(
                charge.cooperative_id, charge.id, charge.booking_id, charge.household_id,
                charge.money(charge.overpaid_minor), at,
            )
        )  # fmt: skip


def paid_by_hand(charge: Charge, at: datetime) -> None:
    """Paid in full by hand is captured and, being in hand, settled too."""
    charge.capture(captured_minor=charge.captured_minor)
    charge.captured_at = at
    saw(charge)
    charge.settle()
    charge.settled_at = at
