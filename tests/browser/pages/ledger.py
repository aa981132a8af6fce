"""The books."""

from __future__ import annotations

from tests.browser.pages.row import Row

ROWS = [Row("ledger:books", "treasurer"), Row("ledger:books", "auditor")]
