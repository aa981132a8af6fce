"""A poke through Celery: a hint that may be lost, never the promise itself."""

from __future__ import annotations

import logging
from datetime import datetime

from celery import current_app

log = logging.getLogger(__name__)


def poke(at: datetime) -> None:
    """Wake a worker for what was due at `at`; without a broker the tick does it soon after."""
    try:
        current_app.send_task("coop.outbox.tasks.drain", args=[at.isoformat()], retry=False)
    except Exception as error:
        log.info("no poke: %s", type(error).__name__)
