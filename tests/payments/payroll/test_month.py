"""A month's pay to the cent, from the hours to the books and the funds."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from coop.hours import operations as hours
from coop.kernel import Money, NotAllowed, NotFound, RuleBroken
from payments.ledger import queries as ledger
from payments.ledger.types import AccountRef, contributions_payable
from payments.payroll import operations, queries
from payments.payroll.models import PayRun, Payslip
from payments.payroll.types import ContributionState, LineKind, PayRunState, PayslipDetail
from tests.factories import Town, found_town, make_worker
from tests.payments.payroll.month import (
    CLOSED_AT,
    MARCH,
    NEXT_CLOSED_AT,
    WORKDAYS,
    computed_run,
    month_of_visits,
    paid_run,
    sent_to_fund,
    visit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return found_town()


def rand(major: str) -> Money:
    return Money.of(major, "ZAR")


def only_slip(town: Town) -> PayslipDetail:
    ref = town.officer("treasurer")
    return queries.payslip(ref, Payslip.objects.latest("run__opened_at").id)


def balance(town: Town, ref: AccountRef) -> Money:
    return ledger.balance_of(cooperative_id=town.id, ref=ref, currency="ZAR")


def test_twenty_visits_of_four_hours_at_45_rand(town: Town) -> None:
    """20 × 4 h × 45.00 = 3600.00; UIF 1% each half 36.00; COIDA 1.04% 37.44; leave 80/17 h."""
    worker = make_worker(town)
    month_of_visits(town, worker)
    run_id = computed_run(town)
    [card] = queries.my_payslips(worker)
    assert (card.gross, card.deducted, card.net) == (
        rand("3600.00"),
        rand("36.00"),
        rand("3564.00"),
    )
    slip = queries.payslip(worker, card.id)
    dues = {due.scheme: (due.worker, due.employer) for due in slip.contributions}
    assert dues == {
        "UIF": (rand("36.00"), rand("36.00")), "COIDA": (rand("0.00"), rand("37.44")),
    }  # fmt: skip
    [leave] = [line for line in slip.lines if line.kind is LineKind.LEAVE]
    assert leave.amount == rand("211.76")  # 3600.00 / 17
    assert card.minimum == rand("2418.40")  # 80 h × 30.23
    assert queries.pay_run(town.officer("board"), run_id).net == rand("3564.00")


def test_paying_posts_every_cent_and_the_funds_are_owed_both_halves(town: Town) -> None:
    worker = make_worker(town)
    month_of_visits(town, worker)
    paid_run(town)
    assert balance(town, AccountRef("wage_expense")) == rand("3600.00")
    assert balance(town, AccountRef("bank")) == rand("-3564.00")
    assert balance(town, AccountRef("wages_payable", worker.worker_id)) == rand("0.00")
    assert balance(town, contributions_payable("UIF")) == rand("-72.00")
    assert balance(town, contributions_payable("COIDA")) == rand("-37.44")
    assert balance(town, AccountRef("employer_contribution_expense")) == rand("73.44")
    assert balance(town, AccountRef("leave_liability", worker.worker_id)) == rand("-211.76")
    assert queries.breaches(cooperative_id=town.id) == []


def test_a_contribution_goes_its_way_to_the_fund_and_she_can_query_it(town: Town) -> None:
    worker = make_worker(town)
    month_of_visits(town, worker)
    run_id = paid_run(town)
    treasurer = town.officer("treasurer")
    march = date(2026, 3, 1)
    with pytest.raises(RuleBroken, match="not filed yet"):
        operations.file_run(by=treasurer, at=CLOSED_AT, run_id=run_id)
    for scheme in ("UIF", "COIDA"):
        sent_to_fund(town, scheme, f"EFT-{scheme}")
        operations.file_contributions(
            by=treasurer, at=CLOSED_AT, scheme=scheme, month=march, reference=f"RET-{scheme}"
        )
    assert balance(town, contributions_payable("UIF")) == rand("0.00")
    operations.file_run(by=treasurer, at=CLOSED_AT, run_id=run_id)
    schemes, [(month, cells)] = queries.my_record(worker)
    assert (schemes, month) == (["COIDA", "UIF"], date(2026, 3, 1))
    [uif] = cells[1]
    assert (uif.state, uif.reference) == (ContributionState.FILED, "RET-UIF")
    operations.query_contribution(by=worker, at=CLOSED_AT, contribution_id=uif.id)
    operations.confirm_contribution(by=treasurer, at=CLOSED_AT, contribution_id=uif.id)
    assert queries.my_record(worker)[1][0][1][1][0].state is ContributionState.CONFIRMED
    assert queries.breaches(cooperative_id=town.id) == []
    other = make_worker(town, name="Other")
    with pytest.raises(NotFound):
        operations.query_contribution(by=other, at=CLOSED_AT, contribution_id=uif.id)


def test_two_different_people_must_approve(town: Town) -> None:
    month_of_visits(town, make_worker(town))
    run_id = computed_run(town)
    treasurer = town.officer("treasurer")
    operations.approve(by=treasurer, at=CLOSED_AT, run_id=run_id)
    with pytest.raises(RuleBroken, match="another person"):
        operations.approve(by=treasurer, at=CLOSED_AT, run_id=run_id)
    with pytest.raises(RuleBroken, match="computed"):
        operations.pay(by=treasurer, at=CLOSED_AT, run_id=run_id)
    with pytest.raises(NotAllowed):
        operations.approve(by=town.officer("coordinator"), at=CLOSED_AT, run_id=run_id)
    assert [r.id for r in queries.waiting_approvals(town.officer("board"))] == [run_id]
    assert queries.waiting_approvals(treasurer) == []
    state = operations.approve(by=town.officer("board"), at=CLOSED_AT, run_id=run_id)
    assert state is PayRunState.APPROVED


def test_a_correction_after_the_month_is_a_difference_line_of_the_next_run(town: Town) -> None:
    worker = make_worker(town)
    entries = month_of_visits(town, worker)
    paid_run(town)
    hours.correct_hours(
        by=town.system,
        at=CLOSED_AT,
        entry_id=entries[0],
        paid_seconds=3 * 3600,
        reason="left early",
    )
    visit(town, worker, date(2026, 4, 7))
    treasurer = town.officer("treasurer")
    run_id = operations.open_pay_run(
        by=treasurer, at=CLOSED_AT, starts_on=date(2026, 4, 1), ends_on=date(2026, 5, 1)
    )
    operations.compute(by=treasurer, at=NEXT_CLOSED_AT, run_id=run_id)
    slip = queries.payslip(worker, queries.payslips_of_run(treasurer, run_id)[0].id)
    paid = [(line.kind, line.amount.major(), str(line.rule)) for line in slip.lines if line.seconds]
    assert paid[:2] == [
        (LineKind.CORRECTION, "-45.00", "left early"), (LineKind.HOURS, "180.00", ""),
    ]  # fmt: skip
    assert slip.card.gross == rand("135.00")
    assert queries.breaches(cooperative_id=town.id) == []


def test_a_correction_larger_than_the_months_pay_waits(town: Town) -> None:
    worker = make_worker(town)
    entries = month_of_visits(town, worker)
    paid_run(town)
    hours.correct_hours(
        by=town.system, at=CLOSED_AT, entry_id=entries[0], paid_seconds=0, reason="x"
    )
    treasurer = town.officer("treasurer")
    run_id = operations.open_pay_run(
        by=treasurer, at=CLOSED_AT, starts_on=date(2026, 4, 1), ends_on=date(2026, 5, 1)
    )
    assert operations.compute(by=treasurer, at=NEXT_CLOSED_AT, run_id=run_id) == 0


def test_overtime_beyond_45_hours_of_the_week_and_a_sunday(town: Town) -> None:
    """Five days of ten hours: 5 h overtime × 45.00 × 0.5 = 112.50; a Sunday of 4 h once more."""
    worker = make_worker(town)
    for day in WORKDAYS[:5]:
        visit(town, worker, day, hours_long=10)
    visit(town, worker, date(2026, 3, 15))
    computed_run(town)
    slip = only_slip(town)
    extra = {line.kind: line.amount for line in slip.lines if line.kind in ("overtime", "rest_day")}
    assert extra == {LineKind.OVERTIME: rand("112.50"), LineKind.REST_DAY: rand("180.00")}
    assert slip.card.gross == rand("2722.50")  # 54 h × 45.00 + 112.50 + 180.00


def test_overtime_is_counted_over_two_runs_of_one_week(town: Town) -> None:
    """Monday to Wednesday in March, Thursday and Friday in April: the limit is the week's."""
    worker, treasurer = make_worker(town), town.officer("treasurer")
    for day in (date(2026, 3, 30), date(2026, 3, 31)):
        visit(town, worker, day, hours_long=12)
    paid_run(town)
    for day in (date(2026, 4, 1), date(2026, 4, 2)):
        visit(town, worker, day, hours_long=12)
    run_id = operations.open_pay_run(
        by=treasurer, at=CLOSED_AT, starts_on=date(2026, 4, 1), ends_on=date(2026, 5, 1)
    )
    operations.compute(by=treasurer, at=NEXT_CLOSED_AT, run_id=run_id)
    slip = queries.payslip(worker, queries.payslips_of_run(treasurer, run_id)[0].id)
    [overtime] = [line for line in slip.lines if line.kind is LineKind.OVERTIME]
    assert (overtime.seconds, overtime.amount) == (3 * 3600, rand("67.50"))


def test_two_half_month_runs_take_what_one_month_would(town: Town) -> None:
    """UIF is not owed under 24 hours a month: the second half makes up for the first."""
    worker, treasurer = make_worker(town), town.officer("treasurer")
    for day in WORKDAYS[:5]:
        visit(town, worker, day)
    first = operations.open_pay_run(
        by=treasurer, at=CLOSED_AT, starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 16)
    )
    operations.compute(by=treasurer, at=CLOSED_AT, run_id=first)
    for day in WORKDAYS[10:15]:
        visit(town, worker, day)
    second = operations.open_pay_run(
        by=treasurer, at=CLOSED_AT, starts_on=date(2026, 3, 16), ends_on=date(2026, 4, 1)
    )
    operations.compute(by=treasurer, at=CLOSED_AT, run_id=second)
    slips = [queries.payslips_of_run(treasurer, run)[0] for run in (first, second)]
    assert [slip.deducted for slip in slips] == [rand("0.00"), rand("18.00")]  # 40 h: 1% of 1800


def test_every_slip_replays_to_the_same_cents(town: Town) -> None:
    for name in ("Ayanda", "Busi"):
        worker = make_worker(town, name=name)
        month_of_visits(town, worker)
        visit(town, worker, date(2026, 3, 15), hours_long=6, rate="47.35")
    paid_run(town)
    for slip in Payslip.objects.all():
        again = queries.replay(cooperative_id=town.id, payslip_id=slip.id)
        assert again.same, (again.kept, again.now)


def test_a_stale_law_figure_stops_the_run_and_changes_nothing(town: Town) -> None:
    month_of_visits(town, make_worker(town))
    treasurer = town.officer("treasurer")
    late = CLOSED_AT.replace(year=2028)
    run_id = operations.open_pay_run(by=treasurer, at=late, **MARCH)
    with pytest.raises(RuleBroken) as refused:
        operations.compute(by=treasurer, at=late, run_id=run_id)
    assert refused.value.code == "law_stale"
    assert Payslip.objects.count() == 0
    assert PayRun.objects.get(id=run_id).state == "open"


@pytest.mark.parametrize(("hour", "refused"), [(21, True), (22, False)])
def test_a_period_is_computed_when_its_last_day_is_past(
    town: Town, hour: int, refused: bool
) -> None:
    """March ends in Johannesburg when it is 22:00 in UTC."""
    visit(town, make_worker(town), WORKDAYS[0])
    treasurer, at = town.officer("treasurer"), datetime(2026, 3, 31, hour, 0, tzinfo=UTC)
    run_id = operations.open_pay_run(by=treasurer, at=at, **MARCH)
    if refused:
        with pytest.raises(RuleBroken) as error:
            operations.compute(by=treasurer, at=at, run_id=run_id)
        assert error.value.code == "period_not_over"
        assert (Payslip.objects.count(), PayRun.objects.get(id=run_id).state) == (0, "open")
    else:
        assert operations.compute(by=treasurer, at=at, run_id=run_id) == 1


def test_days_belong_to_one_run_only(town: Town) -> None:
    treasurer = town.officer("treasurer")
    operations.open_pay_run(by=treasurer, at=CLOSED_AT, **MARCH)
    with pytest.raises(RuleBroken, match="another pay run"):
        operations.open_pay_run(
            by=treasurer, at=CLOSED_AT, starts_on=date(2026, 3, 31), ends_on=date(2026, 4, 5)
        )


def test_nobody_sees_anothers_slip_or_another_cooperatives(town: Town) -> None:
    worker, nosy = make_worker(town), make_worker(town, name="Nosy")
    month_of_visits(town, worker)
    run_id = computed_run(town)
    [card] = queries.my_payslips(worker)
    there = found_town()
    for ref in (nosy, make_worker(there), there.officer("treasurer"), town.officer("coordinator")):
        with pytest.raises(NotFound):
            queries.payslip(ref, card.id)
        with pytest.raises(NotFound):
            queries.pay_run(ref, run_id)
