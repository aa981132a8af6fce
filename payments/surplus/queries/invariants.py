"""I11: the shares of a surplus sum to the surplus, and what was posted is what was shown."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from coop.audit.types import Breach, Check, broken, check
from coop.kernel import Money
from payments.ledger import queries as ledger
from payments.surplus.models import Sharing
from payments.surplus.types import SharingState


def checks(*, cooperative_id: UUID) -> list[Check]:
    rows = list(
        Sharing.objects.filter(cooperative_id=cooperative_id).prefetch_related(
            "allotments", "shares"
        )
    )
    found = [one for row in rows for one in _sharing(row)]
    return [check("I11", "surplus sharings", len(rows), found)]


def breaches(*, cooperative_id: UUID) -> list[Breach]:
    return broken(checks(cooperative_id=cooperative_id))


def _sharing(row: Sharing) -> Iterator[tuple[str, object]]:
    parts = sum(a.amount_minor for a in row.allotments.all())
    shared = sum(s.amount_minor for s in row.shares.all())
    if parts + shared != row.surplus_minor:
        off = Money(row.surplus_minor - parts - shared, row.currency)
        yield f"the shares miss the surplus by {off}", row.id
    for share in row.shares.all():
        if share.cash_minor + share.capital_minor != share.amount_minor:
            yield "cash and capital are not the share", share.id
    if row.state == SharingState.POSTED:
        yield from _posted(row)


def _posted(row: Sharing) -> Iterator[tuple[str, object]]:
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
                yield f"member {share.number}: the books have another {code} than was shown", row.id
                return
