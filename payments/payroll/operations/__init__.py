"""What can be done with pay: open, compute, approve twice, pay, remit, file, confirm, query."""

from payments.payroll.operations._approve import approve
from payments.payroll.operations._compute import compute
from payments.payroll.operations._contribution import (
    confirm_contribution,
    file_contributions,
    file_run,
    query_contribution,
    remit,
)
from payments.payroll.operations._open_run import open_pay_run
from payments.payroll.operations._pay import pay

__all__ = [
    "approve", "compute", "confirm_contribution", "file_contributions", "file_run",
    "open_pay_run", "pay", "query_contribution", "remit",
]  # fmt: skip
