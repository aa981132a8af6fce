"""A Spanish worker and a Spanish household read no English of ours: not even why a line is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from html import unescape
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from coop.home.management import strings
from coop.members.models import User
from coop.members.types import MemberRef
from coop.notices.registry import word
from payments.ledger import queries as ledger
from payments.payroll import queries as payroll
from tests.factories.bookings import (
    ServiceTown,
    make_service_ready_town,
    offer_to,
    price,
    request,
    usual_day,
    wall,
)  # fmt: skip
from tests.factories.governance import bring_to_vote, propose_change
from tests.payments.payroll.month import CLOSED_AT, month_of_visits, paid_run, visit

pytestmark = pytest.mark.django_db
FIELD = re.compile(r"%\(\w+\)[sr]")
#: What people wrote or what is called so everywhere.
NAMES = {"English", "Letsema", "No", "SMS", "Treasurer"}


@cache
def english() -> frozenset[str]:
    """Every text of ours whose Spanish is another one; of one with facts, its longest part."""
    path = Path(settings.LOCALE_PATHS[0]) / "es" / "LC_MESSAGES" / "django.po"
    catalog, found = strings.load(path, "es"), set()
    for context, one, many in strings.every_string(settings.BASE_DIR):
        message = catalog.get(one, context)
        said = message.string if message is not None else ""
        spanish = {said} if isinstance(said, str) else set(said or ())
        for text in (one, many or one):
            part = max(FIELD.split(text), key=len).strip(" .,;:()")
            if text not in spanish and not any(part in s for s in spanish):
                found.add(re.sub(r"\s+", " ", part))
    return frozenset(found - NAMES)


def pieces(page: str) -> Iterator[str]:
    """The texts of a page, and the parts that dots, colons and brackets make of them."""
    page = re.sub(r"<(script|style|code)\b.*?</\1>|<!--.*?-->", " ", page, flags=re.S)
    shown = [
        *re.split(r"<[^>]*>", page),
        *re.findall(r'(?:data-label|aria-label|title)="(.*?)"', page),
    ]
    for text in shown:
        whole = re.sub(r"\s+", " ", unescape(text)).strip()
        yield whole
        yield from (part.strip(" .") for part in re.split(r"[·;:()]|\. ", whole))


def heard(page: str, ours: frozenset[str]) -> set[str]:
    """English of ours on a page: short words where they stand alone, sentences wherever they are."""
    parts = set(pieces(page))
    long = {text for text in ours if len(text.split()) >= 3 or len(text) >= 10}
    return (parts & ours) | {text for text in long if any(text in part for part in parts)}


@pytest.fixture
def place() -> ServiceTown:
    """A month that was paid, with a Sunday in it; an offer; a vote that is open."""
    place = make_service_ready_town(workers=2)
    month_of_visits(place.town, place.workers[0])
    visit(place.town, place.workers[0], date(2026, 3, 8), hours_long=2)
    paid_run(place.town)
    terms = {"currency": "ZAR", "default": "48.00", "services": {}}
    proposal = propose_change(place.town, "living_wage_floor", terms, date(2026, 7, 1), CLOSED_AT)
    bring_to_vote(place.town, proposal, CLOSED_AT)
    return place


def pages(place: ServiceTown, language: str) -> dict[str, str]:
    at = CLOSED_AT
    her, home = place.workers[0], place.household
    quote = price(place, wall(place, at.date() + timedelta(days=7), 9, 11), at=at)
    booking = request(place, wall(place, at.date() + timedelta(days=7), 9, 13), at=at)
    offer = offer_to(place, booking, her, at)
    [slip] = payroll.my_payslips(her)
    due = payroll.payslip(her, slip.id).contributions[0]
    treasurer = place.town.officer("treasurer")
    books = ledger.entries(cooperative_id=place.town.id, last=None)
    entry = next(entry for entry in books if entry.kind == "wages").id
    asked: list[tuple[MemberRef, str]] = [
        (home, "/book/"), (home, f"/book/price/{quote.id}/"), (her, f"/money/pay/slip/{slip.id}"),
        (her, "/money/pay/record"), (her, f"/money/pay/record/{due.id}"),
        (her, f"/book/offers/{offer.id}/why/"), (her, "/book/today/"), (her, "/decide/"),
        (her, "/decide/rules/"), (treasurer, f"/money/books/entry/{entry}"),
    ]  # fmt: skip
    User.objects.update(language=language)
    found = {}
    with time_machine.travel(at, tick=False):
        for ref, address in asked:
            client = Client(headers={"accept-language": language})
            client.force_login(User.objects.get(pk=str(ref.person_id)))
            answer = client.get(address)
            assert answer.status_code == 200, address
            found[address.split("/")[-2] if "/why" in address else address] = (
                answer.content.decode()
            )
    return found


def test_no_english_of_ours_is_left_on_spanish_pages(place: ServiceTown) -> None:
    ours = english()
    left = {at: heard(page, ours) for at, page in pages(place, "es").items()}
    assert len(left) == 10
    assert {at: words for at, words in left.items() if words} == {}


def test_the_same_pages_in_english_are_heard(place: ServiceTown) -> None:
    ours = english()
    found = {at: heard(page, ours) for at, page in pages(place, "en").items()}
    assert all(len(words) > 5 for words in found.values())
    every = set().union(*found.values())
    assert {
        "Sunday work at twice the wage", "one hour of paid leave for every 17 hours worked",
        "remuneration", "Cleaning", "of the cost of work", "h of work, paid as the minimum visit",
    } - every == set()  # fmt: skip


def test_the_api_says_the_rule_in_the_askers_language_and_the_facts_exactly() -> None:
    place = make_service_ready_town()
    quote = price(place, wall(place, usual_day(place), 9, 11))
    client = Client(headers={"accept-language": "es"})
    client.force_login(User.objects.get(pk=str(place.household.person_id)))
    wage = client.get(f"/api/bookings/quotes/{quote.id}").json()["lines"][0]
    assert wage["label"] == "Salario"
    said = "4 h × 45,00\xa0ZAR (2 h de trabajo, pagadas como la visita mínima)"
    assert wage["rule"] == said
    assert wage["facts"] == {
        "hours": {"number": "4"}, "worked": {"number": "2"},
        "wage": {"minor": 4500, "currency": "ZAR"},
    }  # fmt: skip


def test_the_words_a_spanish_worker_is_told_to_send_are_understood() -> None:
    hints = [
        "Answer an offer with <strong>YES</strong> or <strong>NO</strong> and its code.",
        "At the door: <strong>ARRIVED</strong> and the household’s four digits. When you go: "
        "<strong>LEFT</strong>.",
    ]
    with translation.override("es"):
        told = [w for hint in hints for w in re.findall(r"<strong>(.*?)</strong>", gettext(hint))]
    assert told[:2] == ["SÍ", "NO"]
    english = ["YES", "NO", "ARRIVED", "LEFT"]
    for said, meant in zip(told, english, strict=True):
        heard_as, known = word(f"{said} 1234"), word(meant)
        assert heard_as is not None
        assert known is not None
        assert heard_as.handler is known.handler
    assert word("si 1234") == word("¡Sí! 1234") is not None
    assert word("HOLA 1234") is None
