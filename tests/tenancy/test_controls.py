"""The table fails when an app's filter is taken away: each control removes one and sees the leak.

Controlled: bookings (bookings, quotes, offers), charges, payroll (runs, slips), surplus,
governance, notices, the ledger, hours, the register of members, promises, and the admin's own filter.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.db.models import Manager, Q, QuerySet

from coop.hours.models import HoursEntry
from coop.members.access import office
from coop.members.types import MemberRef
from payments.payroll.models import Contribution, PayRun, Payslip, Remittance
from payments.surplus.models import Sharing
from tests.tenancy.conftest import Pair
from tests.tenancy.knocking import mismatches
from tests.tenancy.table import api, pages
from tests.tenancy.table.row import Row

pytestmark = pytest.mark.django_db


def everything(_: MemberRef) -> Q:
    return Q(pk__isnull=False)


def _rows(model: Any) -> Any:
    return lambda _: model.objects.all()


def _governance() -> Any:
    return _rows(import_module("governance.models").Proposal)


def _notices() -> Any:
    return _rows(import_module("coop.notices.models").Notice)


#: The door, the module that asks, what it asks, and the answer without a filter.
FILTERS = [
    ("GET /api/bookings/{booking_id}/words", "bookings.queries.bookings", "visible_to", everything),
    ("bookings:again", "bookings.operations._hold", "visible_to", everything),
    ("bookings:quote", "bookings.queries.prices", "quotes_visible_to", everything),
    ("bookings:offer", "bookings.queries.offers", "offers_visible_to", everything),
    ("bookings:answer", "bookings.operations._accept", "offers_visible_to", everything),
    ("charges:one", "payments.charges.queries.reading", "visible_to", everything),
    ("charges:mine", "payments.charges.queries.reading", "visible_to", everything),
    ("payroll:question", "payments.payroll.queries.record", "visible_to", _rows(Contribution)),
    ("GET /api/payroll/remittances", "payments.payroll.queries.funds",
     "remittances_visible_to", _rows(Remittance)),
    ("payroll:run", "payments.payroll.queries.runs", "visible_to", _rows(PayRun)),
    ("payroll:slip", "payments.payroll.queries.slips", "visible_to",
     lambda _: Payslip.objects.select_related("run")),
    ("surplus:sharing", "payments.surplus.queries.sharings", "visible_to", _rows(Sharing)),
    ("governance:proposal", "governance.queries.proposals", "visible_to", _governance()),
    ("governance:decide", "governance.queries.proposals", "visible_to", _governance()),
    ("notices:inbox", "coop.notices.queries", "visible_to", _notices()),
]  # fmt: skip


@pytest.mark.parametrize(("door", "module", "name", "all_of_them"), FILTERS)
def test_without_its_filter_the_table_fails(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, door: str, module: str, name: str, all_of_them: Any
) -> None:
    row = _row(door)
    assert mismatches(pair, "there", row) == []
    monkeypatch.setattr(import_module(module), name, all_of_them)
    assert mismatches(pair, "there", row) != []


#: Where the filter is the cooperative alone, it is dropped from every question of the module.
BARE = [
    ("ledger:entry", "payments.ledger.queries", "Entry"),
    ("ledger:account", "payments.ledger.queries", "Account"),
    ("members:people", "coop.members.queries.register", "Membership"),
    ("home:operate", "coop.outbox.queries", "Promise"),
    ("home:settle", "coop.outbox.operations._settle", "Promise"),
    ("members:admit", "coop.members.operations._admit", "Membership"),
    ("members:agree", "coop.members.operations._register", "OfficeMotion"),
    ("members:end_token", "coop.members.operations._token", "ApiToken"),
    ("payroll:contribution", "payments.payroll.queries.record", "Contribution"),
]


class Careless(QuerySet[Any]):
    """Rows that forget to ask whose they are."""

    def filter(self, *args: Any, **kwargs: Any) -> Any:
        for key in ("cooperative_id", "worker_id"):
            kwargs.pop(key, None)
        return super().filter(*args, **kwargs)


@pytest.mark.parametrize(("door", "module", "model"), BARE)
def test_without_the_cooperative_the_table_fails(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, door: str, module: str, model: str
) -> None:
    row, table = _row(door), getattr(import_module(module), model)
    careless: Any = Manager.from_queryset(Careless)()
    careless.contribute_to_class(table, "careless")
    assert mismatches(pair, "there", row) == []
    monkeypatch.setattr(table, "objects", careless)
    assert mismatches(pair, "there", row) != []


def test_her_week_holds_her_own_hours_only(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of paid time carry no name on her page, so they are looked at as they reach it."""
    client, hers = pair.client("there", "worker"), pair.there.ref("worker").worker_id

    def whose() -> set[Any]:
        shown = client.get("/hours/?week=2026-W11").context["rows"]
        return {row["line"].worker_id for row in shown}

    assert whose() == {hers}
    careless: Any = Manager.from_queryset(Careless)()
    careless.contribute_to_class(HoursEntry, "careless")
    monkeypatch.setattr(HoursEntry, "objects", careless)
    assert whose() == {hers, pair.here.ref("worker").worker_id}


def test_a_role_taken_from_or_added_to_a_row_fails(pair: Pair) -> None:
    row = _row("payroll:run")
    assert mismatches(pair, "here", row) == []
    for other in ("treasurer board", "treasurer board auditor coordinator"):
        assert mismatches(pair, "here", replace(row, ok=other)) != []


def test_without_the_bases_filter_the_admin_shows_the_others_rows(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, page = pair.client("here", "auditor"), "/admin/coop_audit/entry/?all="
    assert not _read(client.get(page), pair)
    monkeypatch.setattr(office.ReadOnly, "visible_to", lambda self, ref, rows: rows)
    assert _read(client.get(page), pair)


def _read(answer: Any, pair: Pair) -> set[str]:
    from tests.tenancy.doors import told

    return told(answer, pair.there)


def _row(door: str) -> Row:
    return next(row for row in pages.ROWS + api.ROWS if row.name == door)
