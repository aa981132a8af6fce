"""The front door."""

from __future__ import annotations

from coop.outbox.models import Promise
from tests.browser.pages.row import Row
from tests.browser.stage import Stage

ROWS = [
    Row("home:landing", "visitor"),
    Row("home:landing", "worker"),
    Row("home:style", "visitor", filled=2),
    Row("home:operate", "coordinator"),
]
#: Chooses the language, leads to the page her day begins on, settles, or answers a machine.
ACTS = {
    "home:home", "home:set_language", "home:live", "home:ready", "home:health", "home:settle",
    "home:metrics",
}  # fmt: skip


def furnish(stage: Stage) -> None:
    """One promise that failed too often."""
    Promise.objects.create(
        key="stage:dead", effect="stage.fails", payload={}, due_at=stage.now, promised_at=stage.now,
        cooperative_id=stage.town.id, state=Promise.State.DEAD, tries=9, last_error="No answer.",
    )  # fmt: skip
