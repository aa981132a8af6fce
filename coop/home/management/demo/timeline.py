"""A clock for the demonstration: acts in their order, with what time itself does in between."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from coop.kernel import RuleBroken
from coop.outbox import operations as outbox
from coop.outbox import queries as promised

Act = Callable[[datetime], object]


@dataclass
class Timeline:
    """Plays acts up to `now`; what would happen later has not happened yet and is left out."""

    now: datetime
    missed: list[str] = field(default_factory=list)
    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _order: itertools.count[int] = field(default_factory=itertools.count)

    def at(self, moment: datetime, act: Act) -> None:
        """Have something happen at a moment, unless that is still to come."""
        if moment <= self.now:
            heapq.heappush(self._acts, (moment, next(self._order), act))

    def play(self) -> None:
        """Everything in its order; acts may add later ones.

        A year whose law is not known yet or must be reviewed, or a series for which nobody is
        free, leaves gaps: they are in `missed`.
        """
        while self._acts:
            moment, _, act = heapq.heappop(self._acts)
            self._pass_until(moment)
            try:
                act(moment)
            except RuleBroken as refused:
                if not refused.code.startswith(("law_", "series_has_no_date")):
                    raise
                self.missed.append(f"{moment:%Y-%m-%d}: {refused.message}")
        self._pass_until(self.now)

    def _pass_until(self, moment: datetime) -> None:
        """Promises are carried out at their own time, as the tick would."""
        while (due := promised.next_due(until=moment)) is not None:
            outbox.run_due(at=due)
