from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coop.audit import operations as audit
from coop.audit.types import Actor
from coop.kernel import NotFound, saying
from coop.outbox.gateways import poke
from coop.outbox.models import Promise


def _dead(by: Actor, promise_id: UUID) -> Promise:
    row = (
        Promise.objects.select_for_update()
        .filter(id=promise_id, cooperative_id=by.cooperative_id, state=Promise.State.DEAD)
        .first()
    )
    if row is None:
        raise NotFound("dead_letter_unknown", "There is no such dead letter.")
    return row


@transaction.atomic
def retry(*, by: Actor, at: datetime, promise_id: UUID) -> None:
    """Try a dead letter again from the beginning."""
    row = _dead(by, promise_id)
    row.state, row.tries, row.due_at, row.settled_at = Promise.State.WAITING, 0, at, None
    row.save(update_fields=["state", "tries", "due_at", "settled_at"])
    audit.record(
        by=by, at=at, sentence=saying("tried %(key)s again", key=row.key), about=("promise", row.id)
    )
    transaction.on_commit(lambda: poke(at), robust=True)


@transaction.atomic
def drop(*, by: Actor, at: datetime, promise_id: UUID, reason: str) -> None:
    """Give a dead letter up, with a reason that stays in the trail."""
    row = _dead(by, promise_id)
    row.state, row.settled_at = Promise.State.DROPPED, at
    row.save(update_fields=["state", "settled_at"])
    audit.record(
        by=by,
        at=at,
        sentence=saying("gave up %(key)s: %(reason)s", key=row.key, reason=reason),
        about=("promise", row.id),
    )
