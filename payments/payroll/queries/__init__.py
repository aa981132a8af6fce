"""Reading pay. Values cross the door, never rows."""

from payments.payroll.queries.deadlines import deadlines, pay_by, schemes_of
from payments.payroll.queries.funds import (
    document,
    fund_month,
    owed_to_funds,
    remittance,
    remittances,
)
from payments.payroll.queries.invariants import breaches, checks
from payments.payroll.queries.record import contribution, my_contribution, my_record, queried
from payments.payroll.queries.replay import replay
from payments.payroll.queries.runs import pay_run, pay_runs, set_aside, transport, waiting_approvals
from payments.payroll.queries.slips import my_payslips, payslip, payslips_of_run

__all__ = [
    "breaches", "checks", "contribution", "deadlines", "document", "fund_month",
    "my_contribution", "my_payslips", "my_record", "owed_to_funds", "pay_by", "pay_run",
    "pay_runs", "payslip", "payslips_of_run", "queried", "remittance", "remittances", "replay",
    "schemes_of", "set_aside", "transport", "waiting_approvals",
]  # fmt: skip
