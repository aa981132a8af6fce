"""Celery's part: a poke and a tick, both of which only say "look what is due"."""

from __future__ import annotations

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from coop.outbox import operations


@shared_task(name="coop.outbox.tasks.drain")
def drain(at: str) -> int:
    """Carry out what was due at the moment (ISO 8601) of the act that pokes."""
    return operations.run_due(at=datetime.fromisoformat(at))


@shared_task(name="coop.outbox.tasks.tick")
def tick() -> int:
    done = operations.run_due(at=timezone.now())
    operations.say_ticked()
    return done
