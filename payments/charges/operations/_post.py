from __future__ import annotations

from datetime import datetime

from coop.kernel import Money, Said
from coop.law.registry import pack
from coop.members.types import MemberRef
from payments.charges.models import Charge, Receipt, Refund
from payments.charges.rules import legs
from payments.charges.types import How, NewLine
from payments.ledger import operations as ledger
from payments.ledger.types import Leg


def _post(
    by: MemberRef, at: datetime, charge: Charge, kind: str, ref: str, postings: list[Leg]
) -> None:
    """One entry per (object, kind): the same twice is once."""
    name = f"{kind} {ref}"
    ledger.post(
        by=by, at=at, key=f"{kind}:{ref}", kind=kind, postings=postings,
        memo=Said(name), about=("charge", charge.id),
    )  # fmt: skip


def post_due(*, by: MemberRef, at: datetime, charge: Charge) -> None:
    if not charge.due_minor:
        return
    lines = [
        NewLine(line.code, line.label, charge.money(line.amount_minor))
        for line in charge.lines.all()
    ]
    due = charge.money(charge.due_minor)
    funds = {scheme.code for scheme in pack(by.country).schemes}
    postings = legs.due_legs(charge.household_id, due, lines, funds)
    _post(by, at, charge, "due", str(charge.id), postings)


def post_capture(*, by: MemberRef, at: datetime, charge: Charge) -> None:
    amount = charge.money(charge.captured_minor)
    postings = legs.capture_legs(charge.household_id, amount)
    _post(by, at, charge, "capture", charge.provider_ref, postings)


def post_fee(*, by: MemberRef, at: datetime, charge: Charge) -> None:
    if charge.fee_minor:
        postings = legs.fee_legs(charge.money(charge.fee_minor))
        _post(by, at, charge, "card_fee", charge.provider_ref, postings)


def post_payout(*, by: MemberRef, at: datetime, charge: Charge) -> None:
    net = charge.captured_minor - charge.fee_minor
    if net:
        postings = legs.payout_legs(charge.money(net))
        _post(by, at, charge, "payout", charge.provider_ref, postings)


def post_receipt(*, by: MemberRef, at: datetime, charge: Charge, receipt: Receipt) -> None:
    amount = charge.money(receipt.amount_minor)
    postings = legs.receipt_legs(charge.household_id, How(receipt.how), amount)
    _post(by, at, charge, "receipt", str(receipt.id), postings)


def post_refund(
    *, by: MemberRef, at: datetime, charge: Charge, refund: Refund, how: How | None, overpaid: Money
) -> None:
    amount = charge.money(refund.amount_minor)
    postings = legs.refund_legs(charge.household_id, amount, overpaid, how)
    _post(by, at, charge, "refund", refund.provider_ref or str(refund.id), postings)
