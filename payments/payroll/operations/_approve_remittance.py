from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.kernel import RuleBroken, saying
from coop.members.types import MemberRef
from payments.payroll.operations._lock import a_person, locked_remittance
from payments.payroll.operations._move import say
from payments.payroll.types import RemittanceState


@transaction.atomic
def approve_remittance(*, by: MemberRef, at: datetime, remittance_id: UUID) -> None:
    """Give the second key. Raises `approved_already` for the person who prepared it."""
    person = a_person(by)
    row = locked_remittance(by, remittance_id, state=RemittanceState.MADE)
    if row.made_by_id == person:
        raise RuleBroken(
            "approved_already", _("You prepared this payment; the second key is another person's.")
        )
    row.approved_by_id, row.approved_at = person, at
    row.to_approved()
    row.save()
    say(
        by,
        at,
        row.id,
        saying(
            "approved the payment to %(scheme)s for %(month)s",
            scheme=row.scheme,
            month=f"{row.month:%Y-%m}",
        ),
    )
