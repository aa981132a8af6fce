"""The pages of money, through HTTP, as the people see them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from coop.home.templatetags.letsema import money
from coop.hours.types import HoursKind
from coop.kernel import Money
from coop.members.models import User
from coop.members.queries import cooperative
from coop.members.types import MemberRef
from payments.payroll import operations as payroll
from payments.payroll import queries
from payments.payroll.models import PayRun, Payslip
from payments.surplus import operations as surplus
from tests.factories import Town, found_town, make_worker
from tests.payments.payroll.month import (
    CLOSED_AT,
    computed_run,
    month_of_visits,
    paid_run,
    visit,
)
from tests.payments.surplus.test_sharing import APRIL, DAYS, earn

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return found_town()


@pytest.fixture
def worker(town: Town) -> MemberRef:
    ref = make_worker(town, name="Thandi")
    month_of_visits(town, ref)
    return ref


def as_person(person_id: UUID | None) -> Client:
    assert person_id is not None
    client = Client()
    client.force_login(
        User.objects.get(id=person_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def page(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status, (name, answer.status_code, answer.content[:2000])
    return answer.content.decode()


def test_a_worker_sees_her_pay_every_line_and_her_record(town: Town, worker: MemberRef) -> None:
    run = computed_run(town)
    client = as_person(worker.person_id)
    [card] = queries.my_payslips(worker)
    early = page(client, "payroll:slip", card.id)
    assert "To be paid out" in early
    assert "Paid out" not in early
    for officer in ("treasurer", "board"):
        payroll.approve(by=town.officer(officer), at=CLOSED_AT, run_id=run)
    payroll.pay(by=town.officer("treasurer"), at=CLOSED_AT, run_id=run)
    assert money(Money.of("3564.00", "ZAR")) in page(client, "payroll:mine")
    slip = page(client, "payroll:slip", card.id)
    assert "Paid out" in slip
    assert slip.count('<span class="cell">Visit') == 20
    assert slip.count("4 h") >= 20
    assert f"<strong>{cooperative(town.id).name}</strong>" in slip
    assert "Unemployment Insurance Fund" in slip
    again = client.post(reverse("payroll:replay", args=[card.id]), follow=True)
    assert "same to the cent" in again.content.decode()
    assert "UIF" in page(client, "payroll:record")
    [uif] = [c for c in queries.payslip(worker, card.id).contributions if c.scheme == "UIF"]
    page(client, "payroll:contribution", uif.id)
    office = as_person(town.offices["treasurer"])
    assert "In the name of Thandi" in page(office, "payroll:question", uif.id)


def test_travel_is_called_travel_on_the_payslip(town: Town) -> None:
    her = make_worker(town)
    visit(town, her, date(2026, 3, 2), hours_long=1, kind=HoursKind.TRAVEL)
    paid_run(town)
    slip = page(as_person(her.person_id), "payroll:slip", queries.my_payslips(her)[0].id)
    assert slip.count('<span class="cell">Travel') == 1
    assert '<span class="cell">Paid time' not in slip


def test_treasurer_and_board_take_a_run_from_open_to_filed(town: Town, worker: MemberRef) -> None:
    treasurer, board = as_person(town.offices["treasurer"]), as_person(town.offices["board"])
    opened = treasurer.post(
        reverse("payroll:runs"), {"starts_on": "2026-03-01", "last_on": "2026-03-31"}
    )
    run = PayRun.objects.get()
    assert opened["Location"] == reverse("payroll:run", args=[run.id])
    for client, verb in (
        (treasurer, "compute"), (treasurer, "approve"), (board, "approve"), (treasurer, "pay"),
    ):  # fmt: skip
        assert client.post(reverse("payroll:act", args=[run.id, verb])).status_code == 302
        page(client, "payroll:run", run.id)
        page(client, "payroll:waiting")
    for scheme in ("UIF", "COIDA"):
        page(treasurer, "payroll:fund", scheme, "2026-03")
        url = reverse("payroll:fund", args=[scheme, "2026-03"])
        for client in (treasurer, board, treasurer, treasurer):
            assert client.post(url, {"reference": "EFT 1"}).status_code == 302
    treasurer.post(reverse("payroll:act", args=[run.id, "file"]))
    run.refresh_from_db()
    assert run.state == "filed"


def test_the_books_open_from_every_figure_to_its_postings(town: Town, worker: MemberRef) -> None:
    paid_run(town)
    client = as_person(town.offices["auditor"])
    books = page(client, "ledger:books")
    assert "The books balance" in books
    found = page(client, "ledger:accounts", "wages_payable")
    assert "Thandi" in found
    account = found.split("/money/books/account/")[1][:36]
    statement = page(client, "ledger:account", account)
    entry = statement.split("/money/books/entry/")[1][:36]
    assert "Wages" in page(client, "ledger:entry", entry)


def test_a_member_sees_her_share_before_the_vote(town: Town, worker: MemberRef) -> None:
    earn(town, "1000.00")
    sharing_id = surplus.propose_sharing(by=town.officer("treasurer"), at=APRIL, **DAYS)
    client = as_person(worker.person_id)
    assert "Your share" in page(client, "surplus:sharing", sharing_id)
    page(client, "surplus:sharings")
    everyone = page(as_person(town.offices["treasurer"]), "surplus:sharing", sharing_id)
    assert "Every member" in everyone


def test_what_is_not_hers_does_not_exist(town: Town, worker: MemberRef) -> None:
    run_id = computed_run(town)
    slip = Payslip.objects.get()
    there = found_town()
    other = make_worker(town, name="Other")
    strangers = [other.person_id, there.offices["treasurer"], town.offices["coordinator"]]
    for person in strangers:
        client = as_person(person)
        page(client, "payroll:slip", slip.id, status=404)
        page(client, "payroll:run", run_id, status=404)
    for person in (worker.person_id, other.person_id, town.offices["coordinator"]):
        client = as_person(person)
        page(client, "ledger:books", status=404)
        page(client, "payroll:runs", status=404)


def test_the_api_says_the_same(town: Town, worker: MemberRef) -> None:
    run_id = paid_run(town)
    mine = as_person(worker.person_id)
    [card] = mine.get("/api/payroll/mine").json()
    assert card["net"] == {"amount": "3564.00", "currency": "ZAR"}
    lines = mine.get(f"/api/payroll/slips/{card['id']}").json()["lines"]
    assert [line["kind"] for line in lines].count("hours") == 20
    assert mine.get(f"/api/payroll/slips/{card['id']}/replay").json()["same"] is True
    assert {c["scheme"] for c in mine.get("/api/payroll/record").json()} == {"UIF", "COIDA"}
    assert mine.get("/api/ledger/balances").status_code == 404
    assert mine.get(f"/api/payroll/runs/{run_id}").status_code == 404
    treasurer = as_person(town.offices["treasurer"])
    balances = {
        b["code"]: b["balance"]["amount"] for b in treasurer.get("/api/ledger/balances").json()
    }
    assert balances["bank"] == "-3564.00"
    assert treasurer.get("/api/payroll/runs").json()[0]["state"] == "paid"
    assert treasurer.get("/api/surplus/sharings").json() == []
