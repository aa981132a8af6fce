from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coop.kernel import Money, RuleBroken, saying
from coop.members.types import MemberRef
from payments.payroll.models import Contribution, Remittance
from payments.payroll.operations._lock import a_person
from payments.payroll.operations._move import say, some, waiting
from payments.payroll.types import ContributionState


@transaction.atomic
def prepare_remittance(*, by: MemberRef, at: datetime, scheme: str, month: date) -> UUID:
    """Put all that a fund is owed for a month into one payment: the first key. Its id.

    Raises `nothing_to_move`, `remittance_open` while an earlier payment of it is on its way.
    """
    person = a_person(by)
    rows = some(
        [r for r in waiting(by, scheme, month, ContributionState.DEDUCTED) if not r.remittance_id],
        scheme, month,
    )  # fmt: skip
    amount = sum(row.worker_minor + row.employer_minor for row in rows)
    try:
        with transaction.atomic():
            made = Remittance.objects.create(
                cooperative_id=by.cooperative_id, scheme=scheme, name=rows[0].name,
                month=rows[0].month, amount_minor=amount, currency=rows[0].currency,
                made_by_id=person, made_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        if "remittance_open_once" in str(error):
            raise RuleBroken(
                "remittance_open",
                _("A payment to this fund is on its way already. Finish that one first."),
            ) from error
        raise
    Contribution.objects.filter(id__in=[row.id for row in rows]).update(remittance=made)
    say(
        by,
        at,
        made.id,
        saying(
            "prepared %(amount)s for %(scheme)s, %(month)s",
            amount=Money(amount, made.currency),
            scheme=scheme,
            month=f"{month:%Y-%m}",
        ),
    )
    return made.id
