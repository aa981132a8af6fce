from __future__ import annotations

from datetime import datetime

from django.db import transaction

from coop.audit import operations as audit
from coop.kernel import NotAllowed, saying
from coop.members.models import Consent
from coop.members.types import MemberRef


@transaction.atomic
def consent(*, by: MemberRef, at: datetime, purpose: str, given: bool, wording: str) -> None:
    """Say yes, or no longer, to one purpose. Only the person herself can."""
    if by.person_id is None:
        raise NotAllowed("consent_is_personal", "Only a person can consent, and only for herself.")
    row = Consent.objects.create(
        cooperative_id=by.cooperative_id, user_id=by.person_id, purpose=purpose, given=given,
        wording=wording, at=at,
    )  # fmt: skip
    audit.record(
        by=by,
        at=at,
        sentence=saying("consented to %(purpose)s", purpose=purpose)
        if given
        else saying("withdrew consent to %(purpose)s", purpose=purpose),
        about=("consent", row.id),
    )
