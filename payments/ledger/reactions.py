"""The books begin with the cooperative."""

from __future__ import annotations

from coop.events import react_to
from coop.members.events import CooperativeFounded
from payments.ledger import operations
from payments.ledger.types import IN_PARTS, OWNED, AccountCode, AccountRef


@react_to(CooperativeFounded)
def open_the_books(event: CooperativeFounded) -> None:
    refs = [AccountRef(code) for code in AccountCode if code not in OWNED | IN_PARTS]
    operations.open_accounts(
        cooperative_id=event.cooperative_id, currency=event.currency, refs=refs
    )
