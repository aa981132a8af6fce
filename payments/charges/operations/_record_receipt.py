from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import BadInput, Money, NotAllowed, RuleBroken, saying
from coop.members.types import MemberRef
from payments.charges.events import ChargeCaptured
from payments.charges.models import Charge, Receipt, ReceiptCounter
from payments.charges.operations._absorb import hint
from payments.charges.operations._capture import paid_by_hand
from payments.charges.operations._lock import explained, lock_charge, saw
from payments.charges.operations._post import post_receipt
from payments.charges.queries import may_keep, visible_to
from payments.charges.types import ChargeState, How, Rail


@transaction.atomic
def record_receipt(
    *,
    by: MemberRef,
    at: datetime,
    charge_id: UUID,
    amount: Money,
    how: How,
    received_on: date,
    reference: str = "",
) -> int:
    """Write down money received by hand; the receipt's number, without a gap in the cooperative.

    Raises RuleBroken `receipt_over_due`, `receipt_on_card`, `receipt_reference_once`.
    """
    charge = lock_charge(by, charge_id, visible_to(by))
    if not may_keep(by):
        raise NotAllowed("receipt_not_yours", _("A coordinator or the treasurer writes receipts."))
    _check(by, at, charge, amount, received_on)
    counter = _counter(by.cooperative_id)
    with explained(), transaction.atomic():
        receipt = Receipt.objects.create(
            cooperative_id=by.cooperative_id, number=counter.last + 1, charge=charge, how=how,
            reference=reference.strip()[:120], amount_minor=amount.minor, currency=amount.currency,
            received_on=received_on, recorded_at=at, recorded_by=by.person_id,
        )  # fmt: skip
    counter.last = receipt.number
    counter.save()
    _count(charge, amount, at)
    post_receipt(by=by, at=at, charge=charge, receipt=receipt)
    audit.record(
        by=by, at=at,
        sentence=saying(
            "received %(amount)s (%(how)s), receipt %(number)s",
            amount=amount, how=how, number=receipt.number,
        ),
        about=("charge", charge.id),
    )  # fmt: skip
    _tell(charge, at)
    return receipt.number


def _check(by: MemberRef, at: datetime, charge: Charge, amount: Money, day: date) -> None:
    if amount.minor <= 0 or amount.currency != charge.currency:
        raise BadInput("receipt_unreadable", _("A receipt needs an amount in its currency."))
    if day > at.astimezone(ZoneInfo(by.zone)).date():
        raise BadInput("receipt_in_future", _("Money is received today or earlier."))
    if charge.rail != Rail.MANUAL:
        raise RuleBroken("receipt_on_card", _("This charge is paid by card."))
    if charge.state not in (ChargeState.DRAFT, ChargeState.FAILED):
        raise RuleBroken("charge_not_waiting", _("This charge waits for no money."))
    due = charge.amount_minor if charge.due_minor is None else charge.due_minor
    left = charge.money(due - charge.captured_minor)
    if amount > left:
        raise RuleBroken("receipt_over_due", "No more is owed than %(left)s.", left=left)


def _counter(cooperative_id: UUID) -> ReceiptCounter:
    ReceiptCounter.objects.bulk_create(
        [ReceiptCounter(cooperative_id=cooperative_id)], ignore_conflicts=True
    )
    return ReceiptCounter.objects.select_for_update().get(cooperative_id=cooperative_id)


def _count(charge: Charge, amount: Money, at: datetime) -> None:
    """Money by hand is in hand: paid in full is settled too."""
    charge.captured_minor += amount.minor
    if charge.captured_minor == charge.due_minor:
        paid_by_hand(charge, at)
    saw(charge)


def _tell(charge: Charge, at: datetime) -> None:
    if charge.state == ChargeState.SETTLED:
        publish(
            ChargeCaptured(
                charge.cooperative_id, charge.id, charge.booking_id,
                charge.money(charge.captured_minor), at,
            )
        )  # fmt: skip
    hint(charge)
