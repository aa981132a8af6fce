"""Sharing a surplus is an act members decide; a certified decision is posted at once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coop.audit import operations as audit
from coop.events import react_to
from coop.kernel import BadInput, RuleBroken, saying
from coop.members import queries as members
from governance.events import DecisionCertified
from governance.registry import Act, register_act
from payments.surplus import operations, queries

ACT = "share_surplus"


def _check_act(payload: Any, cooperative_id: UUID, on: date) -> None:
    if not queries.can_be_decided(cooperative_id=cooperative_id, sharing_id=_sharing_id(payload)):
        raise RuleBroken(
            "sharing_unknown", _("There is no proposed sharing of a surplus to decide on.")
        )


def _sharing_id(payload: Any) -> UUID:
    try:
        return UUID(str(payload["sharing_id"]))
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(
            "sharing_unreadable", _("Name the sharing that is put to the vote.")
        ) from error


def _describe_act(payload: Any) -> str:
    return queries.in_words(_sharing_id(payload))


SHARE_SURPLUS = register_act(
    Act(
        name=ACT,
        title=gettext_noop("Share the surplus"),
        check=_check_act,
        describe=_describe_act,
    )
)


@react_to(DecisionCertified)
def post_what_was_decided(event: DecisionCertified) -> None:
    """Post it once; when its period was shared by another decision meanwhile, only say so."""
    if event.act != ACT:
        return
    by = members.system_ref(event.cooperative_id)
    sharing_id = _sharing_id(event.payload)
    if not queries.can_be_decided(cooperative_id=event.cooperative_id, sharing_id=sharing_id):
        audit.record(
            by=by, at=event.at,
            sentence=saying("did not post the sharing: it is no longer proposed"),
            about=("sharing", sharing_id),
        )  # fmt: skip
        return
    operations.post_sharing(
        by=by, at=event.at, sharing_id=sharing_id, decision_id=event.decision_id
    )
