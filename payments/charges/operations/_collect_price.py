from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from coop.kernel import Money
from coop.members.types import MemberRef
from payments.charges.models import Charge
from payments.charges.operations._capture import collect
from payments.charges.operations._open_charge import open_charge
from payments.charges.types import NewLine, Rail


@transaction.atomic
def collect_price(
    *,
    by: MemberRef,
    at: datetime,
    booking_id: UUID,
    price: Money,
    lines: Sequence[NewLine] = (),
) -> None:
    """Collect what a booking costs in the end, all parts together; hearing it twice is once.

    A visit longer than booked opens a further part for the difference, with the lines' shares.
    A lower price than said before changes nothing: giving back is a refund, which names a reason.
    """
    parts = list(
        Charge.objects.select_for_update()
        .filter(cooperative_id=by.cooperative_id, booking_id=booking_id)
        .order_by("part")
    )
    left = price.minor - sum(part.due_minor or 0 for part in parts)
    for part in parts:
        if part.due_minor is None:
            take = max(0, min(left, part.amount_minor))
            collect(by=by, at=at, charge_id=part.id, amount=part.money(take))
            left -= take
    if left > 0 and parts:
        _further(by, at, parts[-1], Money(left, price.currency), lines)


def _further(
    by: MemberRef, at: datetime, last: Charge, amount: Money, lines: Sequence[NewLine]
) -> None:
    positive = [line for line in lines if line.amount.minor > 0]
    shares = amount.share([line.amount.minor for line in positive])
    charge_id = open_charge(
        by=by, at=at, booking_id=last.booking_id, household_id=last.household_id, amount=amount,
        lines=[
            NewLine(line.code, line.label, share)
            for line, share in zip(positive, shares, strict=True)
            if share
        ],
        rail=Rail(last.rail), saved_card_id=last.saved_card_id, part=last.part + 1,
    )  # fmt: skip
    collect(by=by, at=at, charge_id=charge_id, amount=amount)
