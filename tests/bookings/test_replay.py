"""A price keeps the rules it was made from: a vote changes the next one, never the last."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bookings import operations, queries
from bookings.models import Quote
from bookings.queries.prices import replay
from bookings.types import PaidBy, QuoteCard
from coop.kernel import TimeRange
from governance.models import PolicyVersion
from tests.factories.bookings import ServiceTown, make_service_ready_town, usual_day, wall
from tests.factories.governance import bring_to_vote, pass_policy, propose_change

KEYS = {
    "living_wage_floor", "minimum_visit", "cooperative_share", "travel_pay", "card_cost", "law",
    "employer",
}  # fmt: skip
NEW_FLOOR = {"currency": "ZAR", "default": "48.00", "services": {}}

pytestmark = pytest.mark.django_db


def quoted(place: ServiceTown, during: TimeRange, paid_by: PaidBy = PaidBy.CARD) -> QuoteCard:
    assert place.household.household_id is not None
    return operations.make_quote(
        by=place.household, at=place.at, household_id=place.household.household_id,
        address_id=place.address_id, service="cleaning", during=during, paid_by=paid_by,
    )  # fmt: skip


def same_cents(place: ServiceTown, made: QuoteCard) -> bool:
    again = replay(cooperative_id=place.id, quote_id=made.id)
    return [(x.code, x.amount, x.rule) for x in again] == [
        (x.code, x.amount, x.rule) for x in made.lines
    ]


@pytest.mark.parametrize(("country", "price"), [("ZA", "259.87"), ("CO", "90029.00")])
def test_a_quote_keeps_its_versions_and_replays_to_the_same_cents(country: str, price: str) -> None:
    place = make_service_ready_town(country)
    made = quoted(place, wall(place, usual_day(place), 9, 13))
    assert made.price.major() == price
    assert made.terms.keys() == KEYS
    assert made.terms["law"] == f"{country} 2026-11-23"
    written = PolicyVersion.objects.filter(cooperative_id=place.id)
    known = {row.key: str(row.id) for row in written}
    assert made.terms["employer"] == "cooperative"
    voted = KEYS - {"law", "employer"}
    assert {key: made.terms[key] for key in voted} == {k: known[k] for k in voted}
    assert same_cents(place, made)


def test_a_price_without_a_card_asks_nothing_of_the_cards_rule() -> None:
    place = make_service_ready_town()
    made = quoted(place, wall(place, usual_day(place), 9, 13), PaidBy.MANUAL)
    assert "card_cost" not in made.terms
    assert made.price.major() == "251.33"
    assert same_cents(place, made)


def test_a_passed_vote_holds_from_its_day_and_leaves_earlier_prices_alone() -> None:
    place = make_service_ready_town()
    day = place.at.date() + timedelta(days=30)
    before = quoted(place, wall(place, day, 9, 13))
    pass_policy(place.town, "living_wage_floor", NEW_FLOOR, day, place.at)
    eve = quoted(place, wall(place, day - timedelta(days=1), 9, 13))
    first = quoted(place, wall(place, day, 9, 13))
    assert [q.wage.major() for q in (before, eve, first)] == ["45.00", "45.00", "48.00"]
    assert first.lines[0].amount.major() == "192.00"  # 4 h × 48.00
    assert first.terms["living_wage_floor"] != eve.terms["living_wage_floor"]
    for made in (before, eve, first):
        assert same_cents(place, made)
        kept = Quote.objects.get(id=made.id)
        assert kept.price_minor == made.price.minor


def test_an_open_vote_changes_no_price() -> None:
    place = make_service_ready_town()
    day = place.at.date() + timedelta(days=30)
    proposal = propose_change(place.town, "living_wage_floor", NEW_FLOOR, day, place.at)
    bring_to_vote(place.town, proposal, place.at)
    assert quoted(place, wall(place, day, 9, 13)).wage.major() == "45.00"


def test_members_may_vote_another_card_contract() -> None:
    place = make_service_ready_town()
    day = place.at.date() + timedelta(days=30)
    terms = {"currency": "ZAR", "percent": "2", "fixed": "0.50", "source": "Contract of May"}
    pass_policy(place.town, "card_cost", terms, day, place.at)
    made = quoted(place, wall(place, day, 9, 13))
    card = made.lines[-1]
    assert card.amount.major() == "5.64"  # (251.33 + 0.50) / 0.98 = 256.9694, less 251.33, up
    assert (card.source, card.policy) == ("Contract of May", "card_cost")
    assert queries.quote(by=place.household, quote_id=made.id).price.major() == "256.97"
