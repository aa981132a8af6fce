"""Pay."""

from __future__ import annotations

from datetime import UTC, date, datetime

from payments.payroll import operations, queries
from tests.browser.pages.row import Row, one
from tests.browser.stage import Stage
from tests.payments.payroll.month import CLOSED_AT, WORKDAYS, paid_run, sent_to_fund, visit

ROWS = [
    Row("payroll:mine", "worker"),
    Row("payroll:record", "worker"),
    Row("payroll:contribution", "worker", args=one("contribution_id", "contribution")),
    Row("payroll:slip", "worker", args=one("payslip_id", "slip")),
    Row("payroll:slip", "auditor", args=one("payslip_id", "slip")),
    Row("payroll:runs", "treasurer"),
    Row("payroll:runs", "auditor"),
    Row("payroll:run", "treasurer", args=one("run_id", "run")),
    Row("payroll:run", "board", args=one("run_id", "waits")),
    Row("payroll:sent", "auditor"),
    Row("payroll:question", "treasurer", args=one("contribution_id", "asked")),
    Row("payroll:fund", "treasurer", args=lambda stage: {"scheme": "COIDA", "month": "2026-03"}),
]
#: `waiting` is the part of a page that refreshes itself.
ACTS = {
    "payroll:act",
    "payroll:answer",
    "payroll:document",
    "payroll:record_file",
    "payroll:replay",
    "payroll:waiting",
}


def furnish(stage: Stage) -> None:
    """March paid, one fund of it declared; April computed and waiting for its keys."""
    town, worker = stage.town, stage.town.ref(stage.people["worker"])
    treasurer = town.officer("treasurer")
    for day in WORKDAYS[:5]:
        visit(town, worker, day)
    visit(town, worker, date(2026, 4, 8))
    run = paid_run(town)
    sent_to_fund(town, "UIF", "EFT 2041")
    operations.file_contributions(
        by=treasurer, at=CLOSED_AT, scheme="UIF", month=date(2026, 3, 1), reference="UI-19 0044"
    )
    at = datetime(2026, 5, 2, 8, tzinfo=UTC)
    april = operations.open_pay_run(
        by=treasurer, at=at, starts_on=date(2026, 4, 1), ends_on=date(2026, 5, 1)
    )
    operations.compute(by=treasurer, at=at, run_id=april)
    [slip] = queries.payslips_of_run(treasurer, run)
    [uif] = [c for c in queries.payslip(worker, slip.id).contributions if c.scheme == "UIF"]
    [coida] = [c for c in queries.payslip(worker, slip.id).contributions if c.scheme == "COIDA"]
    stage.ids |= {
        "asked": coida.id,
        "run": run,
        "waits": april,
        "slip": slip.id,
        "contribution": uif.id,
    }
