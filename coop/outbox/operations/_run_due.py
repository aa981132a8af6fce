from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import connection, transaction

from coop.outbox.models import Promise
from coop.outbox.registry import handler_of

log = logging.getLogger(__name__)

MAX_TRIES = 12
_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(hours=1)


def run_due(*, at: datetime, most: int = 200) -> int:
    """Carry out promises due at `at`, each in its own transaction; the number settled.

    Rivals may run at the same time: a promise is claimed by its row lock and skipped by the others.
    """
    settled = 0
    while settled < most and _one(at):
        settled += 1
    return settled


def _one(at: datetime) -> bool:
    with transaction.atomic():
        row = (
            Promise.objects.select_for_update(skip_locked=True)
            .filter(state=Promise.State.WAITING, due_at__lte=at)
            .order_by("due_at", "id")
            .first()
        )
        if row is None:
            return False
        try:
            with transaction.atomic():
                handler_of(row.effect)(row.payload, at=at)
                _check_now()
        except Exception as error:
            _put_off(row, error, at)
        else:
            row.state, row.settled_at = Promise.State.DONE, at
        row.save(update_fields=["state", "settled_at", "tries", "last_error", "due_at"])
    return True


def _check_now() -> None:
    """Deferred constraints speak before the promise counts as done."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _put_off(row: Promise, error: Exception, at: datetime) -> None:
    row.tries += 1
    row.last_error = f"{type(error).__name__}: {error}"[:2000]
    wait = min(_FIRST_WAIT * 2 ** min(row.tries, 12), _LONGEST_WAIT)
    row.due_at = at + wait
    if row.tries >= MAX_TRIES:
        row.state, row.settled_at = Promise.State.DEAD, at
        log.error("promise %s is a dead letter: %s", row.key, type(error).__name__)
