"""What a household pays."""

from __future__ import annotations

from payments.charges import queries
from tests.browser.pages.row import Row, one
from tests.browser.stage import Stage

ROWS = [
    Row("charges:mine", "household"),
    Row("charges:mine", "treasurer"),
    Row("charges:one", "household", args=one("charge_id", "charge")),
    Row("charges:one", "treasurer", args=one("charge_id", "charge")),
    Row("charges:add_card", "household"),
]
ACTS = {
    "charges:pay", "charges:remove_card", "charges:receive", "charges:give_back",
    "charges:webhook",
}  # fmt: skip


def furnish(stage: Stage) -> None:
    """The bill of the visit in March, still open."""
    household = stage.town.ref(stage.people["household"])
    stage.ids["charge"] = min(queries.charges(household), key=lambda card: card.opened_at).id
