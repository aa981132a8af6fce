"""Reading pay. Values cross the door, never rows."""

from payments.payroll.queries.funds import contribution, fund_month, owed_to_funds
from payments.payroll.queries.invariants import breaches, checks
from payments.payroll.queries.record import my_record
from payments.payroll.queries.replay import replay
from payments.payroll.queries.runs import pay_run, pay_runs, transport, waiting_approvals
from payments.payroll.queries.slips import my_payslips, payslip, payslips_of_run

__all__ = [
    "breaches", "checks", "contribution", "fund_month", "my_payslips", "my_record", "owed_to_funds",
    "pay_run", "pay_runs", "payslip", "payslips_of_run", "replay", "transport", "waiting_approvals",
]  # fmt: skip
