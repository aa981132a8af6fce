"""Telling every member what is asked of her, once."""

from __future__ import annotations

from datetime import datetime

from coop.members import queries as members
from coop.members.types import MemberRef
from coop.notices import operations as notices
from governance.models import Ballot, Proposal


def tell_members(
    *,
    by: MemberRef,
    at: datetime,
    proposal: Proposal,
    template: str,
    ballot: Ballot | None = None,
    **more: str,
) -> None:
    """One keyed notice to each member with a vote, and to who proposed it."""
    context = {
        "number": str(proposal.number),
        "title": proposal.title,
        "proposal": str(proposal.id),
        **more,
    }
    call = ballot.call if ballot else 0
    voters = members.members_with_vote(cooperative_id=by.cooperative_id)
    told = {member.person_id: str(member.membership_id) for member in voters}
    if proposal.proposed_by_id is not None:
        told.setdefault(proposal.proposed_by_id, "proposer")
    for person_id, mark in told.items():
        notices.notify(
            by=by, at=at, to=person_id, template=template, context=context,
            key=f"{template}:{proposal.id}:{call}:{mark}",
        )  # fmt: skip
