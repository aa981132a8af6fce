"""Which channel is tried next, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from coop.notices.types import Channel

#: A channel that may recover is tried this often before the next one's turn.
TRIES = 3
_FIRST_WAIT = timedelta(seconds=15)


def next_channel(
    planned: Sequence[Channel], failures: Sequence[tuple[Channel, bool]]
) -> Channel | None:
    """The first planned channel that is not used up; None when all are.

    A failure is (channel, whether trying again may help).
    """
    for channel in planned:
        mine = [again for failed, again in failures if failed == channel]
        if len(mine) < TRIES and all(mine):
            return channel
    return None


def wait_before(channel: Channel, failures: Sequence[tuple[Channel, bool]]) -> timedelta:
    """How long a channel rests after its own failures; a fresh one does not wait."""
    before = sum(1 for failed, _ in failures if failed == channel)
    return _FIRST_WAIT * 2 ** (before - 1) if before else timedelta(0)
