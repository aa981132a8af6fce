"""A month of work that a member can add up by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from coop.hours import operations as hours
from coop.hours.types import HoursKind, NewHours
from coop.kernel import Money, TimeRange
from coop.members.types import MemberRef
from payments.payroll import operations
from tests.factories import Town

#: Monday to Friday, 2 to 27 March 2026: twenty days of work.
WORKDAYS = [d for n in range(26) if (d := date(2026, 3, 2) + timedelta(n)).weekday() < 5]
CLOSED_AT = datetime(2026, 4, 1, 8, tzinfo=UTC)
#: When April is over too.
NEXT_CLOSED_AT = datetime(2026, 5, 2, 8, tzinfo=UTC)
MARCH = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 4, 1)}


def visit(
    town: Town, worker: MemberRef, day: date, hours_long: int = 4, rate: str = "45.00",
    kind: HoursKind = HoursKind.VISIT,
) -> UUID:  # fmt: skip
    """Paid time from 08:00 in Johannesburg."""
    assert worker.worker_id
    start = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    during = TimeRange(start, start + timedelta(hours=hours_long))
    [entry_id] = hours.record_hours(
        by=town.system, at=during.end,
        entries=[
            NewHours(
                worker.worker_id, during, kind, ("visit", uuid4()), hours_long * 3600,
                Money.of(rate, worker.currency), "cleaning", terms={"floor": "founding"},
            )
        ],
    )  # fmt: skip
    return entry_id


def month_of_visits(town: Town, worker: MemberRef) -> list[UUID]:
    return [visit(town, worker, day) for day in WORKDAYS]


def computed_run(town: Town, at: datetime = CLOSED_AT) -> UUID:
    run_id = operations.open_pay_run(by=town.officer("treasurer"), at=at, **MARCH)
    operations.compute(by=town.officer("treasurer"), at=at, run_id=run_id)
    return run_id


def paid_run(town: Town, at: datetime = CLOSED_AT) -> UUID:
    run_id = computed_run(town, at)
    for officer in ("treasurer", "board"):
        operations.approve(by=town.officer(officer), at=at, run_id=run_id)
    operations.pay(by=town.officer("treasurer"), at=at, run_id=run_id)
    return run_id


def sent_to_fund(
    town: Town, scheme: str, reference: str, at: datetime = CLOSED_AT,
    month: date = date(2026, 3, 1),
) -> UUID:  # fmt: skip
    """The treasurer prepares, the board approves, the treasurer pays; the remittance."""
    treasurer, board = town.officer("treasurer"), town.officer("board")
    made = operations.prepare_remittance(by=treasurer, at=at, scheme=scheme, month=month)
    operations.approve_remittance(by=board, at=at, remittance_id=made)
    operations.remit(by=treasurer, at=at, remittance_id=made, reference=reference)
    return made
