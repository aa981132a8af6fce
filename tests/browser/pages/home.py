"""The front door."""

from __future__ import annotations

from tests.browser.pages.row import Row

ROWS = [Row("home:landing", "visitor"), Row("home:style", "visitor", filled=2)]
#: Signs in, chooses the language, leads to the page her day begins on, or answers a machine.
ACTS = {
    "home:home", "home:set_language", "home:live", "home:ready", "home:health",
}  # fmt: skip
