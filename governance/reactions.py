"""What governance does when others announce something."""

from __future__ import annotations

from coop.events import react_to
from coop.members import queries as members
from coop.members.events import CooperativeFounded
from governance import operations


@react_to(CooperativeFounded)
def charter(event: CooperativeFounded) -> None:
    operations.charter_missing_keys(by=members.system_ref(event.cooperative_id), at=event.at)
