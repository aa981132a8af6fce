"""Booked before a vote and held after it: she earns what the members decided, and the household
pays what it agreed to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import TestCase

from bookings import operations, queries
from bookings.models import Booking, Visit
from bookings.policies import WAGE_OF_A_VISIT
from bookings.queries.prices import replay
from bookings.rules.visit_wage import VisitWage, hour_of_visit, visit_wage
from bookings.types import BookingCard, QuoteCard
from coop.hours import queries as hours
from coop.kernel import BadInput, Money
from governance import queries as governance
from payments.charges.models import Charge
from tests.factories.bookings import (
    ServiceTown,
    book,
    make_service_ready_town,
    offer_to,
    price,
    request,
    wall,
)
from tests.factories.governance import pass_policy, propose_change

WAGE = "living_wage_floor"
RISE = {"currency": "ZAR", "default": "48.00", "services": {}}


def zar(major: str) -> Money:
    return Money.of(major, "ZAR")


@pytest.mark.parametrize(
    ("rule", "booked", "held", "legal", "hour"),
    [
        ("as_held", "45.00", "48.00", "30.23", "48.00"),
        ("as_held", "45.00", "44.00", "30.23", "45.00"),  # what was offered to her stays
        ("as_held", "45.00", "48.00", "50.00", "50.00"),
        ("as_booked", "45.00", "48.00", "30.23", "45.00"),
        ("as_booked", "45.00", "48.00", "46.00", "46.00"),  # the law of the day always holds
    ],
)
def test_the_rule_by_hand(rule: str, booked: str, held: str, legal: str, hour: str) -> None:
    earned = hour_of_visit(
        VisitWage(rule), booked=zar(booked), held=zar(held), legal=zar(legal)
    )  # fmt: skip
    assert earned == zar(hour)


@pytest.mark.parametrize("terms", [{}, {"wage": "higher"}, {"wage": ["as_held"]}, "as_held"])
def test_other_words_are_not_read(terms: Any) -> None:
    with pytest.raises(BadInput) as refused:
        visit_wage(terms)
    assert refused.value.code == "terms_unreadable"


def day_of(place: ServiceTown) -> date:
    """When the rise begins, and the visit is held: a month ahead."""
    return place.at.date() + timedelta(days=30)


class TestRise(TestCase):
    """Four hours booked by hand at 45.00; then the members vote 48.00 for the day of the visit."""

    place: ServiceTown
    card: BookingCard
    prices: dict[int, QuoteCard]
    asked: UUID

    @classmethod
    def setUpTestData(cls) -> None:
        place = make_service_ready_town()
        day = day_of(place)
        cls.place, cls.card = place, book(place, wall(place, day, 9, 13))
        cls.prices = {n: price(place, wall(place, day, 9, n)) for n in (12, 14)}
        cls.asked = request(place, wall(place, day + timedelta(days=1), 9, 13))
        pass_policy(place.town, WAGE, RISE, day, place.at)

    def held(self, until: int) -> None:
        """Both say that it was from nine until then."""
        was = wall(self.place, day_of(self.place), 9, until)
        at = max(was.end, self.card.during.end)
        for by in (self.place.workers[0], self.place.household):
            operations.declare(by=by, at=at, booking_id=self.card.id, during=was)
        assert Booking.objects.get(id=self.card.id).state == "done"

    def written(self) -> list[tuple[str, int, str]]:
        rows = hours.hours_of(cooperative_id=self.place.id)
        return sorted((row.kind.value, row.paid_seconds, row.rate.major()) for row in rows)

    def due(self) -> int:
        charges = Charge.objects.filter(booking_id=self.card.id)
        return sum(charge.due_minor or 0 for charge in charges)

    def versions(self) -> tuple[str, str]:
        """Of the wage's floor: what the hours name, and what the price names."""
        row = hours.hours_of(cooperative_id=self.place.id)[0]
        quote = queries.quote(by=self.place.household, quote_id=self.card.quote_id)
        rule = governance.policy_in_force(
            WAGE_OF_A_VISIT, cooperative_id=self.place.id, on=day_of(self.place)
        )
        assert row.terms["wage_of_a_visit"] == str(rule.version_id)
        return row.terms[WAGE], quote.terms[WAGE]

    def test_she_earns_the_new_wage_and_the_household_pays_the_old_price(self) -> None:
        work = queries.work(by=self.place.workers[0], booking_id=self.card.id)
        assert work.pay == zar("216.00")  # 4 1/2 h × 48.00; it was 202.50
        self.held(13)
        assert self.written() == [("travel", 1800, "48.00"), ("visit", 14400, "48.00")]
        assert self.due() == self.card.price.minor == 25133
        hers, its = self.versions()
        assert hers != its

    def test_where_the_members_voted_as_booked_the_old_wage_holds(self) -> None:
        place = self.place
        as_booked = {"wage": "as_booked"}
        pass_policy(place.town, "wage_of_a_visit", as_booked, day_of(place), place.at)
        work = queries.work(by=place.workers[0], booking_id=self.card.id)
        assert work.pay == zar("202.50")
        self.held(13)
        assert self.written() == [("travel", 1800, "45.00"), ("visit", 14400, "45.00")]
        assert self.due() == 25133
        hers, its = self.versions()
        assert hers == its

    def priced_as_agreed(self, until: int) -> None:
        """By the rules of before, and the price computed again from its versions is the same."""
        before = self.prices[until]
        self.held(until)
        quote = queries.quote(
            by=self.place.household, quote_id=Visit.objects.get(booking=self.card.id).quote_id
        )
        assert (quote.price, quote.wage, quote.terms) == (before.price, zar("45.00"), before.terms)
        assert self.due() == before.price.minor
        again = replay(cooperative_id=self.place.id, quote_id=quote.id)
        assert [line.amount for line in again] == [line.amount for line in before.lines]

    def test_a_shorter_visit_costs_what_it_would_have_before(self) -> None:
        self.priced_as_agreed(12)
        assert self.written() == [
            ("minimum_visit", 3600, "48.00"), ("travel", 1800, "48.00"), ("visit", 10800, "48.00"),
        ]  # fmt: skip

    def test_a_longer_visit_costs_what_it_would_have_before(self) -> None:
        self.priced_as_agreed(14)
        assert self.written() == [("travel", 1800, "48.00"), ("visit", 18000, "48.00")]
        now = price(self.place, wall(self.place, day_of(self.place), 9, 14))
        assert now.price > self.prices[14].price

    def test_time_lost_to_a_late_cancellation_earns_it_too(self) -> None:
        at = self.card.during.start - timedelta(hours=1)
        fee = operations.cancel_by_client(
            by=self.place.household, at=at, booking_id=self.card.id
        )  # fmt: skip
        assert fee == zar("125.67")  # half of 251.33, the half cent up
        assert self.written() == [("late_cancellation", 7200, "48.00")]

    def test_an_offer_made_after_the_vote_says_what_she_will_earn(self) -> None:
        at = self.place.at + timedelta(days=20)
        offer = offer_to(self.place, self.asked, self.place.workers[0], at)
        assert (offer.pay, offer.rate) == (zar("216.00"), zar("48.00"))

    def test_the_proposal_says_what_holds_and_what_would(self) -> None:
        board, on = self.place.town.officer("board"), self.place.at.date()
        proposal = propose_change(
            self.place.town, "wage_of_a_visit", {"wage": "as_booked"}, day_of(self.place),
            self.place.at,
        )  # fmt: skip
        [change] = governance.proposal(board, proposal_id=proposal, on=on).changes
        assert "earns the wage of the day it is held" in change.before
        assert "earns the wage it was booked at" in change.after
