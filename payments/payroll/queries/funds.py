"""What the funds are owed, by scheme and month."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from coop.kernel import Money, NotFound
from coop.members.types import MemberRef
from payments.payroll.models import Contribution
from payments.payroll.queries.cards import contribution_card
from payments.payroll.types import ContributionCard, ContributionState, FundMonth


def owed_to_funds(ref: MemberRef) -> list[FundMonth]:
    """Months of schemes that wait to be paid or declared, oldest first; for the books' keepers."""
    if not (ref.is_system or ref.has("treasurer", "board", "auditor")):
        return []
    both = F("worker_minor") + F("employer_minor")
    rows = (
        Contribution.objects.filter(
            cooperative_id=ref.cooperative_id, currency=ref.currency,
            state__in=[ContributionState.DEDUCTED, ContributionState.PAID],
        )
        .values("scheme", "name", "month")
        .annotate(
            to_pay=Sum(both, filter=Q(state=ContributionState.DEDUCTED)),
            to_file=Sum(both, filter=Q(state=ContributionState.PAID)),
            workers=Count("worker_id", distinct=True),
        )
        .order_by("month", "scheme")
    )  # fmt: skip
    return [
        FundMonth(
            row["scheme"], row["name"], row["month"],
            Money(int(row["to_pay"] or 0), ref.currency),
            Money(int(row["to_file"] or 0), ref.currency), row["workers"],
        )
        for row in rows
    ]  # fmt: skip


def fund_month(ref: MemberRef, scheme: str, month: date) -> FundMonth:
    """Raises NotFound `fund_month_unknown` when nothing waits there."""
    for found in owed_to_funds(ref):
        if (found.scheme, found.month) == (scheme, month):
            return found
    raise NotFound("fund_month_unknown", _("Nothing waits for this fund and month."))


def contribution(ref: MemberRef, contribution_id: UUID) -> ContributionCard:
    """A worker's own contribution. Raises NotFound `contribution_unknown`."""
    rows = Contribution.objects.filter(cooperative_id=ref.cooperative_id, id=contribution_id)
    row = rows.filter(worker_id=ref.worker_id).first() if ref.worker_id else None
    if row is None:
        raise NotFound("contribution_unknown", _("There is no such contribution."))
    return contribution_card(row)
