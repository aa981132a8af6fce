"""Payroll's promises are the database's: these tests go around the operations."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from payments.payroll.models import Approval, Contribution, PayRun, Payslip, PayslipLine
from payments.payroll.types import PayRunState
from tests.factories import Town, found_town, make_worker
from tests.payments.payroll.month import CLOSED_AT, computed_run, month_of_visits, paid_run, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    town = found_town()
    month_of_visits(town, make_worker(town))
    return town


@pytest.mark.parametrize("state", [s for s in PayRunState if s is not PayRunState.APPROVED])
def test_a_run_makes_no_impossible_step(town: Town, state: PayRunState) -> None:
    run_id = computed_run(town)
    if state is PayRunState.COMPUTED:
        return
    with pytest.raises(IntegrityError, match="pay_run_moves"), transaction.atomic():
        PayRun.objects.filter(id=run_id).update(state=state.value)


def test_a_run_is_not_approved_without_two_people(town: Town) -> None:
    run_id = computed_run(town)
    Approval.objects.create(
        cooperative_id=town.id, run_id=run_id, person_id=town.offices["board"], at=CLOSED_AT
    )
    with pytest.raises(IntegrityError, match="pay_run_two_people"), transaction.atomic():
        Approval.objects.create(
            cooperative_id=town.id, run_id=run_id, person_id=town.offices["board"], at=CLOSED_AT
        )
    with pytest.raises(IntegrityError, match="pay_run_two_people"), transaction.atomic():
        PayRun.objects.filter(id=run_id).update(state="approved")
    assert PayRun.objects.get(id=run_id).state == "computed"


def test_an_hours_row_is_paid_by_one_line_only(town: Town) -> None:
    computed_run(town)
    line = PayslipLine.objects.filter(kind="hours").first()
    assert line is not None
    line.pk, line.position = None, 999
    with pytest.raises(IntegrityError, match="hours_paid_once"), transaction.atomic():
        line.save(force_insert=True)


def test_a_slip_is_not_written_into_a_computed_run(town: Town) -> None:
    run_id = computed_run(town)
    late = make_worker(town, name="Late")
    slip = Payslip.objects.get(run_id=run_id)
    slip.pk, slip.worker_id = None, late.worker_id  # type: ignore[assignment]
    with pytest.raises(IntegrityError, match="payslip_in_open_run"), transaction.atomic():
        slip.save(force_insert=True)


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        ({"net_minor": -1, "gross_minor": -1, "deducted_minor": 0}, "payslip_net_not_negative"),
        ({"net_minor": 1}, "payslip_adds_up"),
        ({"minimum_minor": 10**9}, "payslip_not_below_floor"),
    ],
)
def test_a_slip_that_breaks_a_promise_is_refused(
    town: Town, change: dict[str, int], promise: str
) -> None:
    computed_run(town)
    slip = Payslip.objects.get()
    slip.pk, slip.worker_id = None, make_worker(town, name="B").worker_id  # type: ignore[assignment]
    for name, value in change.items():
        setattr(slip, name, value)
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        slip.save(force_insert=True)


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE payments_payroll_payslip SET net_minor = net_minor",
        "DELETE FROM payments_payroll_payslipline",
        "UPDATE payments_payroll_payslipline SET amount_minor = 0",
        "UPDATE payments_payroll_approval SET at = at",
        "TRUNCATE payments_payroll_payslip CASCADE",
        "TRUNCATE payments_payroll_approval",
        "DELETE FROM payments_payroll_contribution",
        "DELETE FROM payments_payroll_payrun",
    ],
)
def test_what_was_written_stays(town: Town, act: str) -> None:
    paid_run(town)
    with (
        pytest.raises(IntegrityError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(act)


def test_a_contribution_keeps_its_amounts_and_skips_no_step(town: Town) -> None:
    computed_run(town)
    with pytest.raises(IntegrityError, match="contribution_moves"), transaction.atomic():
        Contribution.objects.update(state="confirmed")
    with pytest.raises(IntegrityError, match="contribution_kept"), transaction.atomic():
        Contribution.objects.update(worker_minor=0)


def test_periods_of_a_cooperative_do_not_overlap(town: Town) -> None:
    computed_run(town)
    with pytest.raises(IntegrityError, match="pay_run_period_once"), transaction.atomic():
        PayRun.objects.create(
            cooperative_id=town.id, period=DateRange(date(2026, 3, 31), date(2026, 4, 30)),
            currency="ZAR", opened_at=CLOSED_AT,
        )  # fmt: skip


def test_hours_of_another_day_are_left_for_their_run(town: Town) -> None:
    worker = make_worker(town, name="April")
    visit(town, worker, date(2026, 4, 1))
    computed_run(town)
    assert worker.worker_id not in Payslip.objects.values_list("worker_id", flat=True)
