"""Every page is light, readable by everybody, whole without scripts, and has one next thing to do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page, Request, expect

from tests.browser.pages import acts, rows
from tests.browser.pages.row import Row
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser

#: What the first view may weigh on the wire: page, style, script, drawings, with their headers.
FIRST_VIEW = 50 * 1024
#: Rooms whose pages are not ours.
NOT_OURS = {"admin", "api", "account", "mfa", "headless", None}
#: LETSEMA_SHOTS=folder keeps a picture of each page at both widths.
SHOTS = os.environ.get("LETSEMA_SHOTS")


def names(resolver: URLResolver, space: str = "") -> set[str]:
    """Every url name of our rooms, with its namespace."""
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= names(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.add(f"{space}{pattern.name}")
    return {name for name in found if ":" in name and name.split(":")[0] not in NOT_OURS}


def test_every_page_of_ours_has_a_row() -> None:
    told = {row.name for row in rows()} | acts()
    assert names(get_resolver()) - told == set()
    assert told - names(get_resolver()) == set()


@pytest.mark.parametrize("row", rows(), ids=str)
def test_a_page_is_light_readable_and_whole_without_scripts(
    row: Row, visit: Any, on_stage: Stage, record_property: Any
) -> None:
    context = visit(row.role, reduced_motion="reduce")
    address = reverse(row.name, kwargs=row.args(on_stage)) + row.query
    page: Page = context.new_page()
    complaints: list[str] = []
    done: list[Request] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfinished", lambda request: done.append(request))
    answer = page.goto(address)
    expect(page.locator(".htmx-request")).to_have_count(0)

    assert answer is not None
    assert answer.status == row.status
    assert page.url.removeprefix(on_stage.served.url) == address
    record_property("first_view", weight(done))
    assert weight(done) <= FIRST_VIEW, weights(done)
    if row.status == 200:
        assert complaints == []
    assert faults(page) == []
    for width, height in ((1280, 900), (360, 800)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"wide at {width}"
        keep_picture(page, row, width)
    assert page.locator("main .btn.do:visible").count() <= row.filled, "one thing to do"
    assert 1 <= answer.text().count("<h1") <= row.filled, "a main heading, before any script"

    page.emulate_media(color_scheme="dark")
    assert faults(page, only="color-contrast") == [], "in the dark"


def weight(done: list[Request]) -> int:
    return sum(size for _, size in weights(done))


def weights(done: list[Request]) -> list[tuple[str, int]]:
    found = []
    for request in done:
        sizes = request.sizes()
        found.append((request.url, sizes["responseBodySize"] + sizes["responseHeadersSize"]))
    return found


def faults(page: Page, only: str = "") -> list[str]:
    """What axe finds serious or critical, rule and place."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if only:
        options["runOnly"] = [only]
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node.get('failureSummary', '')}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def keep_picture(page: Page, row: Row, width: int) -> None:
    if SHOTS:
        folder = Path(SHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        name = str(row).replace(":", "_").replace("/", "_").replace("?", "_")
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
