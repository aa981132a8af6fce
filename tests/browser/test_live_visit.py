"""What one side does with a visit stands in the other's open window at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from bookings import operations, queries
from tests.browser.pages.bookings import past_visit, tell
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


def apart(act: Callable[[], object]) -> None:
    """From a thread of its own: Playwright's loop runs in this one."""

    def done() -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(done).result()


def listening(visit: Any, role: str, address: str) -> Page:
    page: Page = visit(role).new_page()
    with page.expect_websocket(lambda socket: socket.url.endswith("/ws/")):
        page.goto(address)
    page.wait_for_timeout(400)
    return page


def test_the_household_tells_and_the_worker_agrees_in_each_others_sight(
    visit: Any, on_stage: Stage
) -> None:
    place, card = past_visit(on_stage, -6)
    booking = card.id
    hers = listening(visit, "worker", f"/book/work/{booking}/")
    theirs = listening(visit, "household", f"/book/visits/{booking}/")
    expect(hers.get_by_text("nobody said when it was")).to_be_visible()
    apart(lambda: tell(place, place.household, card, 12))
    expect(hers.get_by_text("Yes, that is right")).to_be_visible(timeout=5000)
    expect(hers.locator("#job .next strong", has_text="09:00–12:00")).to_be_visible()
    expect(theirs.get_by_text("The worker is asked whether the time is right.")).to_be_visible(
        timeout=5000
    )
    worker = place.workers[0]
    [word] = queries.declarations(by=worker, booking_id=booking)
    apart(
        lambda: operations.confirm_visit(
            by=worker, at=on_stage.now, booking_id=booking, said_at=word.at
        )
    )
    expect(theirs.get_by_text("Done, and agreed by both.")).to_be_visible(timeout=5000)
    expect(hers.get_by_text("Yes, that is right")).to_have_count(0)
