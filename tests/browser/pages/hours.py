"""Paid time."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from coop.hours.operations import record_hours
from coop.hours.types import HoursKind, NewHours
from coop.kernel import Money, TimeRange
from tests.browser.pages.row import Row
from tests.browser.stage import Stage

ROWS = [Row("hours:mine", "worker"), Row("hours:mine", "worker", query="?week=2020-W02")]


def furnish(stage: Stage) -> None:
    """A visit she has just finished."""
    during = TimeRange(stage.now - timedelta(hours=4), stage.now)
    line = NewHours(
        stage.ids["worker"], during, HoursKind.VISIT, ("visit", uuid4()), 14_400,
        Money.of("48.00", "ZAR"),
    )  # fmt: skip
    record_hours(by=stage.town.system, at=stage.now, entries=[line])
