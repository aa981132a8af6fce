"""The threads of a price: what each is for, and since which vote."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.types import QuoteCard
from coop.members.types import MemberRef
from governance.queries import history
from governance.registry import key_of
from governance.types import PolicyStep


def threads(ref: MemberRef, found: QuoteCard) -> list[dict[str, Any]]:
    """The lines of a price, each with its arithmetic and the vote or the law it stands on.

    What weighs nothing is left out.
    """
    steps = {
        name: _step(ref, name, UUID(found.terms[name]))
        for name in {line.policy for line in found.lines if line.policy in found.terms}
    }
    return [
        {
            "label": _(line.label), "amount": line.amount,
            "reason": str(line.rule), "since": _(line.source) if line.source else "",
            "href": reverse("governance:rule", args=[line.policy]) if line.policy else "",
        } | _since(steps.get(line.policy))
        for line in found.lines
        if line.amount
    ]  # fmt: skip


def _step(ref: MemberRef, name: str, version_id: UUID) -> PolicyStep | None:
    """The version of a rule that this price was computed from."""
    known = history(key_of(name), cooperative_id=ref.cooperative_id)
    return next((step for step in known if step.version_id == version_id), None)


def _since(step: PolicyStep | None) -> dict[str, Any]:
    if step is None:
        return {}
    return {"since_on": step.effective_from, "vote": step.proposal_title}
