"""A household books in one window, a worker accepts in another: each sees the other's act."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from coop.members.queries import phone_of
from coop.outbox.operations import run_due
from tests.browser.conftest import listens
from tests.browser.stage import Stage
from tests.factories import found_town, make_household, make_worker

pytestmark = pytest.mark.browser
Windows = tuple[Page, Page]
#: How long a hint and the page it fetches may take on a busy machine.
SOON = 15_000


def carry_out() -> None:
    """What the outbox promised by now, from a thread of its own: Playwright's loop runs in this."""

    def run() -> None:
        run_due(at=datetime.now(UTC))
        connection.close()

    with ThreadPoolExecutor(1) as apart:
        apart.submit(run).result()


@pytest.fixture
def town(on_stage: Stage) -> Stage:
    """A house and one worker nobody has asked yet, in a cooperative of their own."""
    place = found_town()
    household, _ = make_household(place, "Naidoo")
    worker = make_worker(place, "Lindiwe Moyo")
    assert household.person_id is not None
    assert worker.person_id is not None
    on_stage.people |= {"naidoo": household.person_id, "lindiwe": worker.person_id}
    return on_stage


def windows(visit: Any, **options: Any) -> Windows:
    """The household's at a kitchen table, the worker's on a phone at her day."""
    table: Page = visit("naidoo", width=1280, height=900, **options).new_page()
    phone: Page = visit("lindiwe", width=360, height=760, **options).new_page()
    return table, phone


def book(table: Page) -> None:
    """Through the pages: what, when, how paid; the price; book it."""
    day = datetime.now(UTC).date() + timedelta(days=3)
    day += timedelta(days=day.weekday() == 6)
    table.goto("/book/")
    table.get_by_label("Cleaning").check()
    table.get_by_label("Melville").check()
    table.get_by_label("On which day?").fill(day.isoformat())
    table.get_by_label("By bank, mobile money or cash").check()
    table.get_by_role("button", name="Show me the price").click()
    expect(table.locator(".sum .num")).to_have_text(re.compile(r"^R\d+,\d\d$"))
    table.get_by_role("button", name="Book it").click()
    expect(table.locator("#visit .state")).to_have_text("Asked for")


def by_button(phone: Page, on_stage: Stage) -> None:
    phone.get_by_role("button", name="Accept").click()
    expect(phone.locator(".visit.next .state")).to_have_text("Confirmed")


def by_sms(phone: Page, on_stage: Stage) -> None:
    """Her basic phone got the same offer; she answers it with its code."""
    phone.goto(f"/phone/?number={quote_plus(phone_of(on_stage.people['lindiwe']))}")
    asked = phone.locator(".bubble", has_text="Reply YES").last.inner_text()
    found = re.search(r"YES (\d{4})", asked)
    assert found is not None, asked
    phone.get_by_label("Write an SMS").fill(f"Yes {found[1]}")
    phone.get_by_role("button", name="Send").click()
    carry_out()


@pytest.mark.parametrize("accept", [by_button, by_sms])
def test_the_offer_and_its_acceptance_are_seen_in_the_other_window_without_reload(
    accept: Callable[[Page, Stage], None], town: Stage, visit: Any
) -> None:
    table, phone = windows(visit)
    phone.goto("/book/today/")
    listens(phone)
    expect(phone.get_by_text("Nothing planned yet")).to_be_visible()
    book(table)
    listens(table)
    opened = table.evaluate("performance.timeOrigin")
    came = phone.evaluate("performance.timeOrigin")

    carry_out()
    expect(phone.get_by_role("button", name="Accept")).to_be_visible(timeout=SOON)
    assert phone.evaluate("performance.timeOrigin") == came
    expect(table.locator("#visit .state")).to_have_text("Being offered", timeout=SOON)

    accept(phone, town)
    expect(table.locator("#visit .state")).to_have_text("Confirmed", timeout=SOON)
    expect(table.get_by_role("heading", name="Cleaning with Lindiwe Moyo")).to_be_visible()
    assert table.evaluate("performance.timeOrigin") == opened


def test_without_scripts_the_same_way_is_gone_by_reloading(town: Stage, visit: Any) -> None:
    table, phone = windows(visit, java_script_enabled=False)
    book(table)
    phone.goto("/book/today/")
    expect(phone.get_by_role("button", name="Accept")).to_have_count(0)
    carry_out()
    phone.reload()
    by_button(phone, town)
    expect(table.locator("#visit .state")).to_have_text("Asked for")
    table.reload()
    expect(table.locator("#visit .state")).to_have_text("Confirmed")
