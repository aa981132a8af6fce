"""The surplus."""

from __future__ import annotations

from payments.surplus import operations
from tests.browser.pages.row import Row, one
from tests.browser.stage import Stage
from tests.payments.surplus.test_sharing import APRIL, DAYS

ROWS = [
    Row("surplus:sharings", "treasurer"),
    Row("surplus:sharing", "treasurer", args=one("sharing_id", "sharing")),
    Row("surplus:sharing", "worker", args=one("sharing_id", "sharing")),
]
ACTS = {"surplus:withdraw"}


def furnish(stage: Stage) -> None:
    """What March left over, proposed to the members."""
    treasurer = stage.town.officer("treasurer")
    stage.ids["sharing"] = operations.propose_sharing(by=treasurer, at=APRIL, **DAYS)
