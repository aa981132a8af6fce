"""The household sees and pays its bills; the treasurer writes receipts; others see nothing."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import translation

from coop.members.types import MemberRef
from payments.charges import operations, queries
from payments.charges.types import ChargeState
from payments.charges.views.words import reason
from tests.factories.people import make_household, make_worker
from tests.payments.charges.paying import Desk, zar
from tests.payments.charges.visiting import Visits

BILLS = "/money/charges/"


def enter(ref: MemberRef) -> Client:
    client = Client()
    client.force_login(
        get_user_model().objects.get(pk=str(ref.person_id)),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def test_a_household_saves_a_card_and_pays_with_it(desk: Desk) -> None:
    client = enter(desk.household)
    assert "No bills yet" in client.get(BILLS).content.decode()
    assert client.get(f"{BILLS}cards/new/").status_code == 200
    answer = client.post(f"{BILLS}cards/new/", {"method": "pm_card_visa"})
    assert (answer.status_code, answer["Location"]) == (302, BILLS)
    drain(desk)
    (card,) = queries.cards(desk.household, desk.household_id)
    charge = desk.open(card=card.id)
    page = client.get(f"{BILLS}{charge}/").content.decode()
    assert "Visa 4242" in page
    assert "ZAR" in page or "R" in page
    answer = client.post(f"{BILLS}{charge}/pay/", {"card": str(card.id)})
    assert answer.status_code == 302
    drain(desk)
    assert desk.see(charge).state == ChargeState.HELD
    assert len(client.get(BILLS).content) < 50_000


def test_a_bill_names_its_visit_and_what_it_waits_for(visits: Visits) -> None:
    """Nine days ahead: first a card is missing, then it is ready and asked on Thursday 5 March."""
    booking = visits.ask(visits.far)
    charge = visits.charge(booking).id
    client = enter(visits.place.household)
    bills = client.get(BILLS).content.decode()
    assert "Cleaning, Wed 11 Mar" in bills
    assert "Needs a card" in bills
    visits.desk.card()
    page = client.get(f"{BILLS}{charge}/").content.decode()
    assert "Needs a card" not in page
    office = enter(visits.place.town.officer("treasurer")).get(BILLS).content.decode()
    assert "Household" in office
    assert "You pay after the work" not in office


def test_bills_lie_in_the_order_of_their_visits_whenever_they_were_booked(visits: Visits) -> None:
    late, early = visits.charge(visits.ask(visits.far)), visits.charge(visits.ask(visits.near))
    page = enter(visits.place.household).get(BILLS).content.decode()
    assert page.index(str(late.id)) < page.index(str(early.id))


def test_a_refusal_is_said_in_the_readers_language() -> None:
    assert reason("Your bank wants to ask you first; use another card.").startswith("Your bank")
    with translation.override("es"):
        told = reason("Your bank wants to ask you first; use another card.")
        assert told == "Tu banco quiere preguntarte antes; usa otra tarjeta."
        assert reason("Something a bank made up.") == "Something a bank made up."


def drain(desk: Desk) -> None:
    """The pages read the real clock, so what they promised is due now."""
    from django.utils import timezone

    desk.at = max(desk.at, timezone.now())
    desk.run()


def test_the_treasurer_writes_a_receipt_and_gives_back(desk: Desk) -> None:
    charge = desk.open()
    operations.collect(by=desk.system, at=desk.at, charge_id=charge, amount=zar(20_000))
    client = enter(desk.treasurer)
    receive = f"{BILLS}{charge}/receive/"
    said = {"amount": "200.00", "how": "cash", "received_on": "2026-03-02", "reference": ""}
    assert client.post(receive, {**said, "amount": "1.234"}).status_code == 400
    assert client.post(receive, {**said, "amount": "200.01"}).status_code == 409
    assert queries.receipts(desk.treasurer) == []
    assert client.post(receive, said).status_code == 302
    assert "Receipt 1" in client.get(f"{BILLS}{charge}/").content.decode()
    back = f"{BILLS}{charge}/give-back/"
    assert client.post(back, {"amount": "5.00", "reason": "late"}).status_code == 302
    assert desk.see(charge).refunded == zar(500)


@pytest.mark.parametrize("path", ["", "pay/", "receive/", "give-back/"])
def test_what_is_not_hers_does_not_exist(desk: Desk, path: str) -> None:
    charge = desk.open()
    other, _ = make_household(desk.town, "Other")
    elsewhere = Desk(desk.sandbox, desk.box)
    said = {
        "amount": "1.00",
        "how": "cash",
        "received_on": "2026-03-02",
        "reason": "x",
        "card": "x",
    }
    for ref in (other, make_worker(desk.town), elsewhere.household, elsewhere.treasurer):
        client = enter(ref)
        for one in (charge, UUID(int=1)):
            url = f"{BILLS}{one}/{path}"
            answer = client.post(url, said) if path else client.get(url)
            assert answer.status_code == 404
    assert desk.see(charge).captured == zar(0)


def test_the_api_says_the_same(desk: Desk) -> None:
    charge = desk.open()
    client, api = enter(desk.household), "/api/charges/"
    (row,) = client.get(api).json()
    assert (row["id"], row["amount"]) == (str(charge), {"minor": 20_000, "currency": "ZAR"})
    detail = client.get(f"{api}{charge}").json()
    assert [line["amount"]["minor"] for line in detail["lines"]] == [18_000, 1_500, 500]
    other, _ = make_household(desk.town, "Other")
    assert enter(other).get(api).json() == []
    assert enter(other).get(f"{api}{charge}").status_code == 404
    said = {"amount_minor": 100, "how": "cash", "received_on": "2026-03-02"}
    answer = client.post(f"{api}{charge}/receipts", said, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "receipt_not_yours")
    treasurer = enter(desk.treasurer)
    answer = treasurer.post(f"{api}{charge}/receipts", said, content_type="application/json")
    assert (answer.status_code, answer.json()) == (201, {"number": 1})
    for wrong in ({"amount_minor": False}, {"amount_minor": "1"}, {"colour": "red"}):
        answer = treasurer.post(
            f"{api}{charge}/receipts", {**said, **wrong}, content_type="application/json"
        )
        assert answer.status_code in (400, 422)
