"""Celery's part: a poke and a tick, both of which only say "look what is due"."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from coop.outbox import operations


@shared_task(name="coop.outbox.tasks.drain")
def drain() -> int:
    return operations.run_due(at=timezone.now())


@shared_task(name="coop.outbox.tasks.tick")
def tick() -> int:
    return operations.run_due(at=timezone.now())
