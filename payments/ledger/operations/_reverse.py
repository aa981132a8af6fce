from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coop.kernel import Money, NotFound, again, saying
from coop.members.types import MemberRef
from payments.ledger.models import Entry
from payments.ledger.operations._post import post
from payments.ledger.types import AccountRef, Leg


@transaction.atomic
def reverse(*, by: MemberRef, at: datetime, entry_id: UUID, reason: str) -> UUID:
    """Undo an entry by a new one with every sign turned; once. The old entry stays as it was."""
    row = Entry.objects.filter(cooperative_id=by.cooperative_id, id=entry_id).first()
    if row is None:
        raise NotFound("entry_unknown", "This entry is not in the books.")
    legs = [
        Leg(AccountRef(code, owner_id), Money(-minor, currency))
        for code, owner_id, minor, currency in row.postings.values_list(
            "account__code", "account__owner_id", "amount_minor", "currency"
        )
    ]
    return post(
        by=by, at=at, key=f"reverse:{row.key}"[:200], kind="reversal", postings=legs,
        memo=saying("%(reason)s (reverses: %(memo)s)", reason=reason,
                    memo=again(row.memo, row.facts)), reverses_id=row.id,
        about=(row.about_kind, row.about_id) if row.about_id else None,
    )  # fmt: skip
