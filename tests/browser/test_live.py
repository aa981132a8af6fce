"""A hint makes the part of a page it names fetch itself again, and only that part."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from coop.realtime import changed, person_group
from tests.browser.conftest import listens
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser
#: Set on the element by the test; a fetched one does not carry it.
MARK = "document.getElementById('offers').setAttribute('data-seen', 'yes')"


def hint(person_id: UUID, what: str) -> None:
    """Hint from a thread of its own: Playwright's loop runs in this one."""

    def say() -> None:
        changed(groups=[person_group(person_id)], what=what, id="1", version=2)
        connection.close()

    with ThreadPoolExecutor(1) as apart:
        apart.submit(say).result()


def listening(visit: Any, role: str) -> Page:
    """The page of components, once its socket is open."""
    page: Page = visit(role).new_page()
    page.goto("/style/")
    listens(page)
    page.evaluate(MARK)
    return page


def test_a_hint_refreshes_what_it_names(visit: Any, on_stage: Stage) -> None:
    page = listening(visit, "worker")
    page.evaluate("document.querySelector('h1').setAttribute('data-seen', 'yes')")
    hint(on_stage.people["worker"], "offer")
    expect(page.locator("#offers:not([data-seen])")).to_be_visible(timeout=15_000)
    expect(page.locator("#offers .offer")).to_have_count(2)
    expect(page.locator("h1[data-seen]")).to_have_count(1)


def test_a_hint_about_something_else_fetches_nothing(visit: Any, on_stage: Stage) -> None:
    page = listening(visit, "worker")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    hint(on_stage.people["worker"], "ballot")
    page.wait_for_timeout(600)
    assert fetched == []
    expect(page.locator("#offers[data-seen]")).to_have_count(1)


def test_a_hint_fetches_nothing_away_that_is_being_written(visit: Any, on_stage: Stage) -> None:
    page = listening(visit, "worker")
    page.evaluate("document.getElementById('offers').append(document.createElement('textarea'))")
    words = page.locator("#offers textarea")
    words.fill("The fund said")
    hint(on_stage.people["worker"], "offer")
    page.wait_for_timeout(600)
    expect(words).to_have_value("The fund said")
    words.fill("")
    hint(on_stage.people["worker"], "offer")
    expect(page.locator("#offers:not([data-seen])")).to_be_visible(timeout=15_000)


def test_a_hint_for_another_person_is_not_heard(visit: Any, on_stage: Stage) -> None:
    page = listening(visit, "worker")
    hint(on_stage.people["household"], "offer")
    page.wait_for_timeout(600)
    expect(page.locator("#offers[data-seen]")).to_have_count(1)


def test_a_visitor_opens_no_socket(visit: Any) -> None:
    page: Page = visit("visitor").new_page()
    opened: list[str] = []
    page.on("websocket", lambda socket: opened.append(socket.url))
    page.goto("/style/")
    page.wait_for_timeout(400)
    assert opened == []
