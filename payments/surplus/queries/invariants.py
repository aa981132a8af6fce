"""I11: the shares of a surplus sum to the surplus, and what was posted is what was shown."""

from __future__ import annotations

from uuid import UUID

from coop.audit.types import Breach
from coop.kernel import Money
from payments.ledger import queries as ledger
from payments.surplus.models import Sharing
from payments.surplus.types import SharingState


def breaches(*, cooperative_id: UUID) -> list[Breach]:
    found = []
    rows = Sharing.objects.filter(cooperative_id=cooperative_id)
    for row in rows.prefetch_related("allotments", "shares"):
        parts = sum(a.amount_minor for a in row.allotments.all())
        shared = sum(s.amount_minor for s in row.shares.all())
        if parts + shared != row.surplus_minor:
            off = Money(row.surplus_minor - parts - shared, row.currency)
            found.append(Breach("I11", f"the shares miss the surplus by {off}", str(row.id)))
        for share in row.shares.all():
            if share.cash_minor + share.capital_minor != share.amount_minor:
                found.append(Breach("I11", "cash and capital are not the share", str(share.id)))
        if row.state == SharingState.POSTED:
            found += _posted(row)
    return found


def _posted(row: Sharing) -> list[Breach]:
    entries = ledger.entries_about(cooperative_id=row.cooperative_id, about_id=row.id)
    paid = {
        (line.code, line.owner_id): -line.amount.minor
        for entry in entries
        if entry.kind == "surplus_shared"
        for line in entry.postings
    }
    for share in row.shares.all():
        for code, minor in (
            ("patronage_payable", share.cash_minor), ("member_capital", share.capital_minor),
        ):  # fmt: skip
            if paid.get((code, share.membership_id), 0) != minor:
                words = f"member {share.number}: the books have another {code} than was shown"
                return [Breach("I11", words, str(row.id))]
    return []
