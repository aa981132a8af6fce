from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from payments.ledger.models import Account
from payments.ledger.types import AccountRef


@transaction.atomic
def open_accounts(
    *, cooperative_id: UUID, currency: str, refs: Collection[AccountRef]
) -> dict[AccountRef, UUID]:
    """The ids of accounts, opening those that do not exist yet; opening twice is once."""
    known = _known(cooperative_id, currency, refs)
    missing = sorted(set(refs) - set(known), key=lambda ref: (ref.code, str(ref.owner_id)))
    if missing:
        Account.objects.bulk_create(
            [
                Account(
                    cooperative_id=cooperative_id, code=ref.code, owner_id=ref.owner_id,
                    kind=ref.kind.value, currency=currency,
                )
                for ref in missing
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        known |= _known(cooperative_id, currency, missing)
    return known


def _known(
    cooperative_id: UUID, currency: str, refs: Collection[AccountRef]
) -> dict[AccountRef, UUID]:
    wanted = set(refs)
    rows = Account.objects.filter(
        cooperative_id=cooperative_id, currency=currency, code__in={ref.code for ref in wanted}
    ).values_list("code", "owner_id", "id")
    if all(ref.owner_id for ref in wanted):
        rows = rows.filter(owner_id__in={ref.owner_id for ref in wanted})
    found = {AccountRef(code, owner_id): id_ for code, owner_id, id_ in rows}
    return {ref: found[ref] for ref in wanted if ref in found}
