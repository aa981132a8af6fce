from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import BadInput, Money, NotAllowed, RuleBroken, Said, saying
from coop.members import queries as members
from coop.members.types import MemberRef
from payments.charges.models import Charge, Refund
from payments.charges.operations._lock import explained, lock_charge, saw
from payments.charges.operations._post import post_refund
from payments.charges.operations._store_intent import store_intent
from payments.charges.queries import may_keep, visible_to
from payments.charges.types import COOPERATIVE, NOBODY, ChargeState, How, IntentKind, Rail


@transaction.atomic
def refund(
    *, by: MemberRef, at: datetime, charge_id: UUID, amount: Money, reason: str, how: How = How.BANK
) -> UUID:
    """Give money back; the refund's id. What was paid too much nobody bears; the rest is borne by
    the cooperative: earned pay is never clawed back.

    A card is paid back by the provider, a manual charge by hand (`how`), which this records.
    Raises RuleBroken `refund_within_captured`, `charge_not_taken`.
    """
    charge = lock_charge(by, charge_id, visible_to(by))
    if not may_keep(by):
        raise NotAllowed("refund_not_yours", _("A coordinator or the treasurer gives money back."))
    if amount.minor <= 0 or amount.currency != charge.currency or not reason.strip():
        raise BadInput("refund_unreadable", _("A refund needs an amount and a reason."))
    if charge.state not in (ChargeState.CAPTURED, ChargeState.SETTLED, ChargeState.REFUNDED):
        raise RuleBroken("charge_not_taken", _("Nothing was taken yet; let the charge go."))
    own = amount.minor <= charge.overpaid_minor
    with explained(), transaction.atomic():
        row = Refund.objects.create(
            cooperative_id=by.cooperative_id, charge=charge, amount_minor=amount.minor,
            currency=amount.currency, reason=reason.strip()[:200], asked_at=at,
            asked_by=by.person_id, borne_by=NOBODY if own else COOPERATIVE,
        )  # fmt: skip
    audit.record(
        by=by, at=at,
        sentence=_given(row, amount),
        about=("charge", charge.id),
    )  # fmt: skip
    if charge.rail == Rail.CARD:
        store_intent(by=by, at=at, kind=IntentKind.REFUND, amount=amount, charge=charge, refund=row)
    else:
        _done(by, at, charge, row, how)
    return row.id


def _given(row: Refund, amount: Money) -> Said:
    if row.borne_by == NOBODY:
        return saying(
            "gave %(amount)s back, which was paid too much: %(reason)s",
            amount=amount, reason=row.reason,
        )  # fmt: skip
    return saying(
        "gave %(amount)s back, borne by the cooperative: %(reason)s",
        amount=amount, reason=row.reason,
    )  # fmt: skip


def _done(by: MemberRef, at: datetime, charge: Charge, row: Refund, how: How | None) -> None:
    row.state, row.done_at = "done", at
    row.save()
    overpaid = charge.money(charge.overpaid_minor)
    charge.refund(amount_minor=row.amount_minor)
    saw(charge)
    post_refund(by=by, at=at, charge=charge, refund=row, how=how, overpaid=overpaid)


@transaction.atomic
def finish_refund(*, at: datetime, refund_id: UUID, ref: str) -> None:
    """The provider gave it back: once, however often we hear it."""
    charge = Charge.objects.select_for_update().get(refunds__id=refund_id)
    row = Refund.objects.select_for_update().get(id=refund_id)
    if row.state != "asked":
        return
    row.provider_ref = ref
    _done(members.system_ref(charge.cooperative_id), at, charge, row, None)


@transaction.atomic
def give_up_refund(*, at: datetime, refund_id: UUID) -> None:
    """The provider said no; the treasurer sees it and gives it back another way."""
    row = Refund.objects.select_for_update().get(id=refund_id)
    if row.state == "asked":
        row.state, row.done_at = "failed", at
        row.save()
        by = members.system_ref(row.cooperative_id)
        audit.record(
            by=by, at=at, sentence=saying("a refund failed"), about=("charge", row.charge_id)
        )
