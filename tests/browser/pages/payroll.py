"""Pay."""

from __future__ import annotations

from tests.browser.pages.row import Row

ROWS = [
    Row("payroll:mine", "worker"),
    Row("payroll:record", "worker"),
    Row("payroll:runs", "treasurer"),
]
#: `waiting` is the part of a page that refreshes itself.
ACTS = {"payroll:act", "payroll:answer", "payroll:replay", "payroll:waiting"}
