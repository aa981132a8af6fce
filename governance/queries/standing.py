"""Which proposals a person may see; lists and pages ask the same question."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from coop.members.types import MemberRef
from governance.models import Ballot, Proposal


def visible_to(ref: MemberRef) -> QuerySet[Proposal]:
    """What was ever discussed, for members and officers; her own drafts for its author."""
    rows = Proposal.objects.filter(cooperative_id=ref.cooperative_id)
    if ref.is_system:
        return rows
    if not (ref.membership_id or ref.offices):
        return rows.none()
    return rows.filter(Q(discussed_from__isnull=False) | Q(proposed_by_id=ref.person_id))


def stands_at(proposal_id: UUID) -> tuple[str, str]:
    """The states of a proposal and of its latest ballot ("" when it has none): for the clock."""
    ballot = Ballot.objects.filter(proposal_id=proposal_id).order_by("-call").first()
    return str(Proposal.objects.get(id=proposal_id).state), str(ballot.state) if ballot else ""
