"""What prices set aside for a fund that is owed nothing is seen by all, and belongs to all."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from bookings import queries as booked
from coop.home.templatetags.letsema import money
from coop.kernel import Money
from coop.members.models import User
from coop.members.types import MemberRef
from payments.charges.rules.legs import due_legs
from payments.charges.types import NewLine
from payments.ledger import queries as ledger
from payments.payroll import queries
from payments.surplus import operations as sharing
from payments.surplus import queries as surplus
from tests.factories.bookings import complete_visit, make_service_ready_town
from tests.payments.payroll.month import NEXT_CLOSED_AT, paid_run


def rand(major: str) -> Money:
    return Money.of(major, "ZAR")


def test_only_the_lines_of_funds_are_kept_apart() -> None:
    lines = [
        NewLine("wage", "Wage", rand("202.50")), NewLine("UIF", "UIF", rand("2.03")),
        NewLine("transport", "Transport", rand("4.00")), NewLine("share", "Share", rand("30.00")),
    ]  # fmt: skip
    legs = due_legs(uuid4(), rand("238.53"), lines, {"UIF", "COIDA"})
    assert {leg.account.code: -leg.amount for leg in legs[1:]} == {
        "income_services": rand("202.50"), "income_contributions": rand("2.03"),
        "income_transport": rand("4.00"), "income_coop_share": rand("30.00"),
    }  # fmt: skip


def page_of(who: MemberRef, name: str, id_: object) -> str:
    client = Client()
    client.force_login(User.objects.get(id=str(who.person_id)))
    return client.get(reverse(name, args=[id_])).content.decode()


@pytest.mark.django_db
def test_four_and_a_half_hours_owe_the_uif_nothing_and_the_price_says_where_it_goes() -> None:
    """202.50 × 1 % is 2.03 of UIF; COIDA, owed from the first hour, is 1.04 %: 2.11."""
    place = make_service_ready_town()
    visit = complete_visit(place)
    quote = booked.quote(by=place.household, quote_id=visit.quote_id)
    lines = {line.code: line for line in quote.lines}
    assert (lines["UIF"].amount, lines["COIDA"].amount) == (rand("2.03"), rand("2.11"))
    assert "In a month under 24 h with her nothing is owed" in str(lines["UIF"].rule)
    treasurer, member = place.town.officer("treasurer"), place.workers[0]
    run_id = paid_run(place.town)
    found = queries.set_aside(treasurer, run_id)
    assert (found.charged, found.paid, found.left) == (rand("4.14"), rand("2.11"), rand("2.03"))
    [account] = ledger.balances(cooperative_id=place.id, codes=["income_contributions"])
    assert account.natural == rand("4.14")
    assert money(found.left) in page_of(treasurer, "payroll:run", run_id)
    made = sharing.propose_sharing(
        by=treasurer, at=NEXT_CLOSED_AT, starts_on=date(2026, 3, 1), ends_on=date(2026, 5, 1)
    )
    assert surplus.sharing(member, made).not_owed == rand("2.03")
    page = page_of(member, "surplus:sharing", made)
    assert "In it: set aside in prices for funds, and not owed" in page
    assert money(rand("2.03")) in page
