from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import BadInput, NotAllowed, NotFound, saying
from coop.members.models import ApiToken
from coop.members.types import MemberRef, NewToken


@transaction.atomic
def issue_token(*, by: MemberRef, at: datetime, name: str) -> NewToken:
    """Give her a token for a program that acts as her here. Its text is shown this once only."""
    if by.person_id is None:
        raise NotAllowed("token_is_personal", _("Only a person can have a token."))
    if not name.strip():
        raise BadInput("token_needs_name", _("Say which program the token is for."))
    text = f"ltm_{secrets.token_urlsafe(32)}"
    row = ApiToken.objects.create(
        cooperative_id=by.cooperative_id, user_id=by.person_id, name=name.strip()[:80],
        prefix=text[:10], hash=_hash(text), created_at=at,
    )  # fmt: skip
    audit.record(
        by=by,
        at=at,
        sentence=saying("made the token %(name)s", name=row.name),
        about=("token", row.id),
    )
    return NewToken(row.id, text)


@transaction.atomic
def revoke_token(*, by: MemberRef, at: datetime, token_id: UUID) -> None:
    """End a token of hers, or for the board anybody's here; twice is once.

    Raises NotFound `token_unknown`.
    """
    rows = ApiToken.objects.select_for_update().filter(cooperative_id=by.cooperative_id)
    row = rows.filter(id=token_id).first()
    if row is None or not (row.user_id == by.person_id or by.has("board")):
        raise NotFound("token_unknown", _("You have no such token."))
    if row.revoked_at is not None:
        return
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    audit.record(
        by=by,
        at=at,
        sentence=saying("ended the token %(name)s", name=row.name),
        about=("token", row.id),
    )


@transaction.atomic
def use_token(*, at: datetime, text: str) -> tuple[UUID, UUID] | None:
    """Whose token it is: (person, cooperative), or None when it opens nothing.

    The day of use is noted, once a day; a use is not an act, so the trail does not tell of it.
    """
    row = ApiToken.objects.filter(
        hash=_hash(text), revoked_at__isnull=True, user__is_active=True
    ).first()
    if row is None:
        return None
    if row.last_used_on != at.date():
        ApiToken.objects.filter(id=row.id).update(last_used_on=at.date())
    return row.user_id, row.cooperative_id


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
