"""People: sign-in itself is allauth's; these two take a choice and lead on."""

from __future__ import annotations

from tests.browser.pages.row import Row

ROWS: list[Row] = []
ACTS = {"members:sign_in_as", "members:choose_cooperative"}
