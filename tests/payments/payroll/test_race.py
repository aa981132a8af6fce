"""The same pay run twice at once is done once; without its guards the harm is seen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import connection, connections

from coop.kernel import RuleBroken
from coop.members.types import MemberRef
from payments.ledger.models import Entry
from payments.payroll import operations
from payments.payroll.models import PayRun, Payslip, PayslipLine
from payments.payroll.operations import _compute
from tests.factories import Town, found_town, make_worker
from tests.payments.payroll.month import CLOSED_AT, MARCH, month_of_visits

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Run acts in threads that start together; results or refusals, in order."""
    gate = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(index: int) -> None:
        try:
            gate.wait(10)
            results[index] = acts[index]()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def opened() -> tuple[Town, MemberRef, UUID]:
    town = found_town()
    month_of_visits(town, make_worker(town))
    treasurer = town.officer("treasurer")
    return town, treasurer, operations.open_pay_run(by=treasurer, at=CLOSED_AT, **MARCH)


def test_the_same_run_opened_four_times_at_once_is_one_run() -> None:
    town = found_town()
    treasurer = town.officer("treasurer")
    act = lambda: operations.open_pay_run(by=treasurer, at=CLOSED_AT, **MARCH)  # noqa: E731
    results = at_once([act] * 4)
    assert sum(isinstance(r, UUID) for r in results) == 1
    assert sum(isinstance(r, RuleBroken) for r in results) == 3
    assert PayRun.objects.count() == 1


def test_the_same_run_computed_four_times_at_once_is_computed_once() -> None:
    _town, treasurer, run_id = opened()
    act = lambda: operations.compute(by=treasurer, at=CLOSED_AT, run_id=run_id)  # noqa: E731
    results = at_once([act] * 4)
    assert sorted(map(repr, results), key=len)[0] == "1"
    assert sum(isinstance(r, RuleBroken) for r in results) == 3
    assert (Payslip.objects.count(), PayslipLine.objects.filter(kind="hours").count()) == (1, 20)


def test_the_same_run_paid_four_times_at_once_is_paid_once() -> None:
    town = found_town()
    month_of_visits(town, make_worker(town))
    treasurer = town.officer("treasurer")
    run_id = operations.open_pay_run(by=treasurer, at=CLOSED_AT, **MARCH)
    operations.compute(by=treasurer, at=CLOSED_AT, run_id=run_id)
    for officer in ("treasurer", "board"):
        operations.approve(by=town.officer(officer), at=CLOSED_AT, run_id=run_id)
    act = lambda: operations.pay(by=treasurer, at=CLOSED_AT, run_id=run_id)  # noqa: E731
    results = at_once([act] * 4)
    assert results.count(None) == 1
    assert Entry.objects.filter(kind="wages_paid").count() == 1


@contextmanager
def unguarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No row lock, no unique index, no trigger: only the check in Python is left."""

    def careless(by: MemberRef, run_id: UUID, *, state: str) -> PayRun:
        run = PayRun.objects.get(id=run_id)
        if run.state != state:
            raise RuleBroken("pay_run_not_open", "taken")
        _meet.wait(10)
        return run

    _meet = threading.Barrier(2)
    monkeypatch.setattr(_compute, "locked", careless)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX hours_paid_once")
        cursor.execute("ALTER TABLE payments_payroll_payslip DROP CONSTRAINT payslip_once")
        cursor.execute("ALTER TABLE payments_payroll_payrun DISABLE TRIGGER pay_run_moves")
        cursor.execute("ALTER TABLE payments_payroll_payslip DISABLE TRIGGER payslip_in_open_run")
        for table, trigger in (
            ("payslipline", "payslip_line_in_open_run"),
            ("contribution", "contribution_in_open_run"),
        ):
            cursor.execute(f"ALTER TABLE payments_payroll_{table} DISABLE TRIGGER {trigger}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("DELETE FROM payments_payroll_contribution")
            cursor.execute("DELETE FROM payments_payroll_payslipline")
            cursor.execute("DELETE FROM payments_payroll_payslip")
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute(
                "CREATE UNIQUE INDEX hours_paid_once ON payments_payroll_payslipline"
                " (hours_entry_id) WHERE kind IN ('hours', 'correction')"
            )
            cursor.execute(
                "ALTER TABLE payments_payroll_payslip"
                " ADD CONSTRAINT payslip_once UNIQUE (run_id, worker_id)"
            )
            for table, trigger in (
                ("payrun", "pay_run_moves"),
                ("payslip", "payslip_in_open_run"),
                ("payslipline", "payslip_line_in_open_run"),
                ("contribution", "contribution_in_open_run"),
            ):
                cursor.execute(f"ALTER TABLE payments_payroll_{table} ENABLE TRIGGER {trigger}")


def test_without_the_guards_everybody_is_paid_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    _town, treasurer, run_id = opened()
    act = lambda: operations.compute(by=treasurer, at=CLOSED_AT, run_id=run_id)  # noqa: E731
    with unguarded(monkeypatch):
        results = at_once([act] * 2)
        assert results == [1, 1]
        assert PayslipLine.objects.filter(kind="hours").count() == 40
