from __future__ import annotations

from uuid import UUID

from coop.members import queries as members
from coop.realtime import changed, office_group, person_group


def hint(*, cooperative_id: UUID, household_id: UUID, id: UUID, version: int) -> None:
    """Tell the open bills of a household and of the treasurer that something moved."""
    households = members.households(cooperative_id=cooperative_id, ids=[household_id])
    groups = [person_group(person) for card in households for person in card.people]
    groups.append(office_group(cooperative_id, "treasurer"))
    changed(groups=groups, what="charge", id=id, version=version)
