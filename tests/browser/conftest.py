"""A real browser, real servers, and a town to visit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.servers import Served, own_database, serving, standing_on_own
from tests.browser.stage import Stage, set_the_stage, signed_in_cookie

#: Of Debian's two builds the one without windows takes a third of the time; either will do.
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), ""
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: Marks the page once its socket is open; the server joins its groups before it opens.
MARK_SOCKET = """
window.WebSocket = class extends window.WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("open", () => document.documentElement.setAttribute("data-open", ""));
  }
};
"""


def listens(page: Page) -> None:
    """Wait until a page hears hints."""
    expect(page.locator("html[data-open]")).to_be_attached(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser these are skipped on a desk, and fail where the gate must hold."""
    if CHROMIUM or os.environ.get("CI"):
        return
    why = pytest.mark.skip(
        reason="no chromium on this machine (apt-get install chromium-headless-shell)"
    )
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(why)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Which pages are the heaviest on the wire at first view."""
    passed = terminalreporter.stats.get("passed", [])
    weighed = sorted(
        ((size, report.nodeid) for report in passed for _, size in report.user_properties
         if report.when == "call" and "test_pages" in report.nodeid),
        reverse=True,
    )  # fmt: skip
    if weighed:
        terminalreporter.write_sep("-", "heaviest first views")
    for size, name in weighed[:5]:
        terminalreporter.write_line(f"{size / 1024:5.1f} kB  {name.partition('[')[2].rstrip(']')}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One for all tests of this folder, gone with its loop before other tests need a loop."""
    assert CHROMIUM, "This run must have a browser: apt-get install chromium-headless-shell."
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        yield started
        started.close()


@pytest.fixture(scope="package")
def _loop_beside_the_database() -> Iterator[None]:
    """Playwright's sync API keeps a loop running; Django would refuse to query beside it."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def stage(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
    _loop_beside_the_database: None,
) -> Iterator[Stage]:
    """A furnished town on its own database, and the servers that show it."""
    with django_db_blocker.unblock(), own_database():
        with standing_on_own():
            stage = set_the_stage()
            servers = serving(tmp_path_factory.mktemp("served"))
            served = servers.__enter__()
        try:
            stage.served = served
            yield stage
        finally:
            servers.__exit__(None, None, None)


@pytest.fixture
def on_stage(stage: Stage, django_db_blocker: Any) -> Iterator[Stage]:
    """The stage, with this process reading and writing where the servers do."""
    with django_db_blocker.unblock(), standing_on_own():
        yield stage


@pytest.fixture
def visit(on_stage: Stage, browser: Browser) -> Iterator[Any]:
    """Open a window for a role of the stage (or a person): `visit("worker", width=360)`."""
    opened: list[BrowserContext] = []

    def window(role: str, *, width: int = 360, height: int = 800, **options: Any) -> BrowserContext:
        context = browser.new_context(
            base_url=on_stage.served.url, viewport={"width": width, "height": height}, **options
        )
        opened.append(context)
        context.add_init_script(MARK_SOCKET)
        person = on_stage.people.get(role)
        if person is not None:
            context.add_cookies([signed_in_cookie(person, on_stage.served.url)])  # type: ignore[list-item]
        return context

    yield window
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def served(stage: Stage) -> Served:
    return stage.served
