"""Every page of every app × the role that opens it. A page without a row fails the build.

One module per app: `ROWS` (pages), `ACTS` (names that only take a POST, or answer no page) and, if
its pages need something to show, `furnish(stage)`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from tests.browser.pages.row import Row

#: In the order they furnish the town: what comes first is there for what follows.
APPS = tuple(
    app
    for app in (
        "home", "members", "notices", "hours", "outbox", "governance", "bookings", "ledger",
        "charges", "payroll", "surplus",
    )
    if find_spec(f"tests.browser.pages.{app}")
)  # fmt: skip


def rows() -> list[Row]:
    return [row for app in APPS for row in import_module(f"tests.browser.pages.{app}").ROWS]


def acts() -> set[str]:
    return {
        name
        for app in APPS
        for name in getattr(import_module(f"tests.browser.pages.{app}"), "ACTS", ())
    }
