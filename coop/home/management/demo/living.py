"""Two cooperatives live some months up to now."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from coop.home.management.demo.cards import card_sandbox
from coop.home.management.demo.manos import manos
from coop.home.management.demo.timeline import Timeline
from coop.home.management.demo.ubuntu import ubuntu


def live(now: datetime) -> list[str]:
    """Make both cooperatives, whole or not at all; what could not happen, each in a sentence."""
    line = Timeline(now.replace(second=0, microsecond=0))
    with card_sandbox(), transaction.atomic():
        ubuntu(line)
        line.play()
        manos(line)
        line.play()
        # Nobody looks on yet: pokes and live hints about the past would only queue up.
        connection.run_on_commit.clear()
    return line.missed
