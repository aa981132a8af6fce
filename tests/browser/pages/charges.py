"""What a household pays."""

from __future__ import annotations

from tests.browser.pages.row import Row

ROWS = [Row("charges:mine", "household")]
ACTS = {
    "charges:pay", "charges:remove_card", "charges:receive", "charges:give_back",
    "charges:webhook",
}  # fmt: skip
