from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import BadInput, NotAllowed, RuleBroken, saying
from coop.members.types import MemberRef
from coop.realtime import changed, person_group
from governance.models import Proposal
from governance.operations._hold import hold_charter, hold_proposal
from governance.operations._motion import judge, type_in_force
from governance.types import NewMotion, ProposalState


@transaction.atomic
def propose(*, by: MemberRef, at: datetime, title: str, reason: str, motion: NewMotion) -> UUID:
    """Write a draft. Its motion is read and held against the law of the place now.

    Raises NotAllowed `may_not_propose`, BadInput, RuleBroken `below_law`, `policy_not_backdated`.
    """
    record, kind = judge(by, at, motion)
    _may_propose(by, at, kind)
    _said(title, reason)
    hold_charter(by.cooperative_id)
    last = Proposal.objects.filter(cooperative_id=by.cooperative_id).aggregate(n=Max("number"))
    row = Proposal.objects.create(
        cooperative_id=by.cooperative_id, number=(last["n"] or 0) + 1, title=title.strip(),
        reason=reason.strip(), motion=record, decision_kind=kind, proposed_by_id=by.person_id,
        proposed_at=at,
    )  # fmt: skip
    audit.record(
        by=by, at=at,
        sentence=saying("wrote proposal %(number)s: %(title)s", number=row.number, title=row.title),
        about=("proposal", row.id),
    )  # fmt: skip
    if by.person_id:
        changed(groups=[person_group(by.person_id)], what="proposal", id=row.id)
    return row.id


@transaction.atomic
def amend_draft(
    *, by: MemberRef, at: datetime, proposal_id: UUID, title: str, reason: str, motion: NewMotion
) -> None:
    """Rewrite a proposal before notice is given; its author's act."""
    row = hold_proposal(by, proposal_id)
    if row.proposed_by_id != by.person_id:
        raise NotAllowed("not_yours", _("Only who proposed it rewrites it. Add a comment instead."))
    if row.state not in (ProposalState.DRAFT, ProposalState.DISCUSSION):
        raise RuleBroken(
            "text_frozen", _("Notice was given, so the text is frozen. Propose anew instead.")
        )
    _said(title, reason)
    row.motion, row.decision_kind = judge(by, at, motion)
    row.title, row.reason = title.strip(), reason.strip()
    row.save(update_fields=["title", "reason", "motion", "decision_kind"])
    audit.record(
        by=by,
        at=at,
        sentence=saying("rewrote proposal %(number)s", number=row.number),
        about=("proposal", row.id),
    )


def _may_propose(by: MemberRef, at: datetime, kind: str) -> None:
    who = type_in_force(by, at, kind)[0].propose
    if not (by.has("board") or (who == "member" and by.can_vote)):
        raise NotAllowed(
            "may_not_propose",
            _("Only members propose.") if who == "member" else _("Only the board proposes this."),
        )


def _said(title: str, reason: str) -> None:
    if not title.strip() or not reason.strip():
        raise BadInput("text_missing", _("Say in one line what changes, and why."))
    if len(title.strip()) > 160:
        raise BadInput("title_long", _("The title has at most 160 letters."))
