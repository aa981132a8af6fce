"""The surplus."""

from __future__ import annotations

from tests.browser.pages.row import Row

ROWS = [Row("surplus:sharings", "treasurer")]
ACTS = {"surplus:withdraw"}
