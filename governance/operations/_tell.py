"""Telling every member what is asked of her, once."""

from __future__ import annotations

from datetime import datetime

from coop.members import queries as members
from coop.members.types import MemberRef
from coop.notices import operations as notices
from governance.models import Ballot, Proposal


def tell_members(
    *, by: MemberRef, at: datetime, proposal: Proposal, template: str, ballot: Ballot | None = None
) -> None:
    """One keyed notice to each member with a vote."""
    context = {
        "number": str(proposal.number),
        "title": proposal.title,
        "proposal": str(proposal.id),
    }
    call = ballot.call if ballot else 0
    for member in members.members_with_vote(cooperative_id=by.cooperative_id):
        notices.notify(
            by=by, at=at, to=member.person_id, template=template, context=context,
            key=f"{template}:{proposal.id}:{call}:{member.membership_id}",
        )  # fmt: skip
