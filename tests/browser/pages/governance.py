"""Deciding."""

from __future__ import annotations

from tests.browser.pages.row import Row

ROWS = [
    Row("governance:decide", "member"),
    Row("governance:rules", "member"),
    Row("governance:rule", "member", args=lambda stage: {"key": "living_wage_floor"}),
]
ACTS = {"governance:vote", "governance:comment", "governance:step"}
