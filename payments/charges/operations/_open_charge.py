from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import Money, NotFound, RuleBroken, saying
from coop.members.types import MemberRef
from payments.charges.models import Charge, ChargeLine, SavedCard
from payments.charges.operations._lock import explained
from payments.charges.rules.sums import check_lines
from payments.charges.types import CardState, NewLine, Rail


@transaction.atomic
def open_charge(
    *,
    by: MemberRef,
    at: datetime,
    booking_id: UUID,
    household_id: UUID,
    amount: Money,
    lines: Sequence[NewLine],
    rail: Rail,
    quote_id: UUID | None = None,
    saved_card_id: UUID | None = None,
    part: int = 1,
    hold_from: datetime | None = None,
) -> UUID:
    """Open the one charge of a booking; its lines are the quote's and sum to the amount.

    Without a card yet, a card charge waits as a draft until one is saved. Before `hold_from` a
    hold would not last until the visit is paid. Raises RuleBroken
    `charge_lines_sum`, `charge_once_per_booking`, `charge_needs_card`.
    """
    check_lines(lines, amount)
    card = _card(by, household_id, saved_card_id) if saved_card_id and rail == Rail.CARD else None
    with explained(), transaction.atomic():
        charge = Charge.objects.create(
            cooperative_id=by.cooperative_id, household_id=household_id, booking_id=booking_id,
            part=part, quote_id=quote_id, rail=rail, saved_card=card, currency=amount.currency,
            amount_minor=amount.minor, opened_at=at, hold_from=hold_from,
        )  # fmt: skip
        ChargeLine.objects.bulk_create(
            ChargeLine(
                charge=charge, place=place, code=line.code, label=line.label,
                amount_minor=line.amount.minor,
            )
            for place, line in enumerate(lines)
        )  # fmt: skip
    said = saying("opened a charge of %(amount)s", amount=amount)
    audit.record(by=by, at=at, sentence=said, about=("charge", charge.id))
    return charge.id


def _card(by: MemberRef, household_id: UUID, card_id: UUID) -> SavedCard:
    card = SavedCard.objects.filter(
        cooperative_id=by.cooperative_id, household_id=household_id, id=card_id
    ).first()
    if card is None:
        raise NotFound("card_unknown", _("There is no such card."))
    if card.state != CardState.ACTIVE:
        raise RuleBroken("charge_needs_card", _("This card cannot be used; save another."))
    return card
