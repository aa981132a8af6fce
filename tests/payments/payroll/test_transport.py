"""Colombia owes transport whole for each day worked; the price charges a part; both are shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from coop.home.templatetags.letsema import money
from coop.hours import operations as hours
from coop.hours.types import HoursKind, NewHours
from coop.kernel import Money, TimeRange
from coop.members.models import User
from coop.members.types import MemberRef
from payments.ledger import queries as ledger
from payments.ledger.types import AccountRef
from payments.payroll import operations, queries
from payments.payroll.models import Payslip
from payments.payroll.types import LineKind, PayslipDetail
from tests.factories import Town, found_town, make_worker
from tests.factories.bookings import complete_visit, make_service_ready_town
from tests.payments.payroll.month import CLOSED_AT, NEXT_CLOSED_AT, computed_run, paid_run
from tests.payments.payroll.test_damage import damage

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, THURSDAY = (date(2026, 3, day) for day in (2, 3, 5))


def peso(major: str) -> Money:
    return Money.of(major, "COP")


def worked(
    town: Town, worker: MemberRef, day: date, start: int, long: int,
    kind: HoursKind = HoursKind.VISIT,
) -> UUID:  # fmt: skip
    """Paid time at 10 700 an hour from `start` o'clock in Bogotá."""
    assert worker.worker_id
    begins = datetime(day.year, day.month, day.day, start + 5, tzinfo=UTC)
    during = TimeRange(begins, begins + timedelta(hours=long))
    row = NewHours(
        worker.worker_id, during, kind, ("visit", uuid4()), long * 3600, peso("10700"), "cleaning"
    )
    [entry_id] = hours.record_hours(by=town.system, at=during.end, entries=[row])
    return entry_id


@pytest.fixture
def town() -> Town:
    return found_town("CO")


@pytest.fixture
def worker(town: Town) -> MemberRef:
    """Two visits on Monday, one on Tuesday, and one called off too late on Thursday."""
    ref = make_worker(town)
    worked(town, ref, MONDAY, 8, 2)
    worked(town, ref, MONDAY, 14, 3)
    worked(town, ref, TUESDAY, 8, 4)
    worked(town, ref, THURSDAY, 8, 2, HoursKind.LATE_CANCELLATION)
    return ref


def slip_of(worker: MemberRef) -> PayslipDetail:
    return queries.payslip(worker, queries.my_payslips(worker)[0].id)


def allowances(slip: PayslipDetail) -> list[tuple[date | None, str]]:
    return [
        (line.worked_on, line.amount.major())
        for line in slip.lines
        if line.kind is LineKind.ALLOWANCE
    ]


def test_each_day_worked_pays_its_transport_once_and_apart(town: Town, worker: MemberRef) -> None:
    """249 095 / 30 = 8 303 a day. Two visits make one day; a day she did not go makes none."""
    computed_run(town)
    slip = slip_of(worker)
    assert allowances(slip) == [(MONDAY, "8303.00"), (TUESDAY, "8303.00")]
    card = slip.card
    assert card.gross == peso("117700")  # 11 h × 10 700
    assert card.allowance == peso("16606")
    assert card.minimum == peso("102136.13")  # 11 h × 9 285.1023; transport does not count
    assert card.deducted == peso("17509")  # 4 % of one week of the minimum wage, 437 727
    assert card.net == peso("116797")  # 117 700 + 16 606 − 17 509
    assert {due.scheme: due.base.major() for due in slip.contributions} == {
        "PENSION": "437727.00", "ARL": "1750905.00", "CAJA": "437727.00",
    }  # fmt: skip


def test_transport_counts_in_prima_and_cesantias_but_not_in_leave(
    town: Town, worker: MemberRef
) -> None:
    computed_run(town)
    aside = [
        line.amount.major() for line in slip_of(worker).lines if line.kind in ("leave", "benefit")
    ]
    assert aside == [
        "4904.00",  # leave: 117 700 / 24
        "11192.00",  # prima: (117 700 + 16 606) / 12
        "11192.00",  # cesantías: the same
        "1343.00",  # 12 % of the cesantías
    ]


def test_the_books_keep_transport_apart_and_the_slip_replays(town: Town, worker: MemberRef) -> None:
    paid_run(town)
    sums = {
        code: ledger.balance_of(cooperative_id=town.id, ref=AccountRef(code), currency="COP")
        for code in ("wage_expense", "allowance_expense", "bank")
    }
    assert sums == {
        "wage_expense": peso("117700"), "allowance_expense": peso("16606"),
        "bank": peso("-116797"),
    }  # fmt: skip
    assert queries.replay(cooperative_id=town.id, payslip_id=Payslip.objects.get().id).same
    assert queries.breaches(cooperative_id=town.id) == []


def test_a_day_paid_before_is_not_paid_again_nor_taken_back(town: Town, worker: MemberRef) -> None:
    """Hours of Monday that came late, and Tuesday's visit that turns out not to have been."""
    paid_run(town)
    first = slip_of(worker)
    tuesday = next(x.hours_id for x in first.lines if x.worked_on == TUESDAY and x.hours_id)
    hours.correct_hours(
        by=town.system, at=CLOSED_AT, entry_id=tuesday, paid_seconds=0, reason="nobody came"
    )
    worked(town, worker, MONDAY, 18, 2)
    worked(town, worker, date(2026, 4, 6), 8, 4)
    treasurer = town.officer("treasurer")
    run_id = operations.open_pay_run(
        by=treasurer, at=CLOSED_AT, starts_on=date(2026, 4, 1), ends_on=date(2026, 5, 1)
    )
    operations.compute(by=treasurer, at=NEXT_CLOSED_AT, run_id=run_id)
    second = queries.payslip(worker, queries.payslips_of_run(treasurer, run_id)[0].id)
    assert allowances(second) == [(date(2026, 4, 6), "8303.00")]
    assert allowances(first) == allowances(queries.payslip(worker, first.card.id))
    assert queries.replay(cooperative_id=town.id, payslip_id=second.card.id).same


def test_a_visit_taken_back_before_pay_day_carries_no_transport(town: Town) -> None:
    ref = make_worker(town)
    entry = worked(town, ref, MONDAY, 8, 4)
    worked(town, ref, TUESDAY, 8, 4)
    hours.correct_hours(
        by=town.system, at=CLOSED_AT, entry_id=entry, paid_seconds=0, reason="nobody came"
    )
    computed_run(town)
    assert allowances(slip_of(ref)) == [(TUESDAY, "8303.00")]


def test_an_allowance_that_is_not_in_the_lines_is_found(town: Town, worker: MemberRef) -> None:
    computed_run(town)
    damage(
        "UPDATE payments_payroll_payslip SET allowance_minor = allowance_minor + 100,"
        " net_minor = net_minor + 100"
    )
    found = queries.breaches(cooperative_id=town.id)
    assert "the lines do not sum to the gross" in {b.what for b in found}


def test_the_database_refuses_a_slip_that_forgets_its_allowance(
    town: Town, worker: MemberRef
) -> None:
    computed_run(town)
    with pytest.raises(IntegrityError, match="payslip_adds_up"), transaction.atomic():
        damage("UPDATE payments_payroll_payslip SET allowance_minor = 0")


def test_the_treasurer_sees_what_prices_charged_and_what_the_run_pays() -> None:
    """A visit of four hours charges half a day, 4 152; the law owes the whole day, 8 303."""
    place = make_service_ready_town("CO")
    complete_visit(place)
    run_id = computed_run(place.town)
    treasurer = place.town.officer("treasurer")
    found = queries.transport(treasurer, run_id)
    assert (found.paid, found.charged, found.short) == (peso("8303"), peso("4152"), peso("4151"))
    client = Client()
    assert treasurer.person_id is not None
    client.force_login(
        User.objects.get(id=treasurer.person_id),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    page = client.get(reverse("payroll:run", args=[run_id])).content.decode()
    assert all(money(each) in page for each in (found.paid, found.charged, found.short))
