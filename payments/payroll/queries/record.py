"""Her record: one line for each month and scheme, and how far it has come."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from coop.members.types import MemberRef
from payments.payroll.models import Contribution
from payments.payroll.queries.cards import contribution_card
from payments.payroll.types import ContributionCard


def my_record(
    ref: MemberRef, *, last_months: int = 24
) -> tuple[list[str], list[tuple[date, list[list[ContributionCard]]]]]:
    """The schemes, and for each month (newest first) the cells of each scheme, in that order."""
    if ref.worker_id is None:
        return [], []
    return record_of(ref.cooperative_id, ref.worker_id, last_months)


def record_of(
    cooperative_id: UUID, worker_id: UUID, last_months: int
) -> tuple[list[str], list[tuple[date, list[list[ContributionCard]]]]]:
    rows = Contribution.objects.filter(cooperative_id=cooperative_id, worker_id=worker_id)
    cards = [contribution_card(row) for row in rows.order_by("-month", "scheme", "id")]
    schemes = sorted({card.scheme for card in cards})
    months = sorted({card.month for card in cards}, reverse=True)[:last_months]
    return schemes, [
        (
            month,
            [[c for c in cards if c.month == month and c.scheme == scheme] for scheme in schemes],
        )
        for month in months
    ]
