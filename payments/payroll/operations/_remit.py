from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.kernel import BadInput, Money, saying
from coop.members.types import MemberRef
from payments.ledger import operations as ledger
from payments.ledger.types import AccountCode, AccountRef, Leg, contributions_payable
from payments.payroll.models import Contribution
from payments.payroll.operations._lock import locked_remittance, only_for
from payments.payroll.operations._move import known_document, move, say
from payments.payroll.types import ContributionState, RemittanceState


@transaction.atomic
def remit(
    *, by: MemberRef, at: datetime, remittance_id: UUID, reference: str,
    document_id: UUID | None = None,
) -> Money:  # fmt: skip
    """Pay an approved remittance from the bank; the amount. The reference is the bank's."""
    only_for(by, "treasurer", "board")
    if not reference.strip():
        raise BadInput("reference_missing", _("A payment to a fund needs its reference."))
    row = locked_remittance(by, remittance_id, state=RemittanceState.APPROVED)
    amount = Money(row.amount_minor, row.currency)
    if amount:
        ledger.post(
            by=by, at=at, key=f"remit:{row.id}", kind="remittance", about=("remittance", row.id),
            postings=[
                Leg(contributions_payable(row.scheme), amount),
                Leg(AccountRef(AccountCode.BANK), -amount),
            ],
            memo=saying("%(scheme)s for %(month)s, reference %(reference)s",
                scheme=row.scheme, month=f"{row.month:%Y-%m}", reference=reference),
        )  # fmt: skip
    row.document_id = known_document(by, document_id)
    row.paid_at, row.reference = at, reference
    row.to_paid()
    row.save()
    parts = Contribution.objects.select_for_update().filter(remittance=row).order_by("id")
    move(by, at, parts, ContributionState.PAID, reference=reference, document_id=row.document_id)
    say(
        by,
        at,
        row.id,
        saying(
            "paid %(amount)s to %(scheme)s for %(month)s",
            amount=amount,
            scheme=row.scheme,
            month=f"{row.month:%Y-%m}",
        ),
    )
    return amount
