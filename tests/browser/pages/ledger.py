"""The books."""

from __future__ import annotations

from payments.ledger import queries
from tests.browser.pages.row import Row, one
from tests.browser.stage import Stage
from tests.payments.surplus.test_sharing import earn

ROWS = [
    Row("ledger:books", "treasurer"),
    Row("ledger:books", "auditor"),
    Row("ledger:accounts", "treasurer", args=lambda stage: {"code": "bank"}),
    Row("ledger:account", "treasurer", args=one("account_id", "account")),
    Row("ledger:entry", "auditor", args=one("entry_id", "entry")),
]


def furnish(stage: Stage) -> None:
    """Money that came in when March began."""
    earn(stage.town, "9000.00")
    [entry] = queries.entries(cooperative_id=stage.town.id, last=1)
    stage.ids |= {"entry": entry.id, "account": entry.postings[0].account_id}
