"""What can be done with pay: open, compute, approve twice, pay, remit, file, confirm, query."""

from payments.payroll.operations._answer import (
    answer_query,
    confirm_contribution,
    query_contribution,
)
from payments.payroll.operations._approve import approve
from payments.payroll.operations._compute import compute
from payments.payroll.operations._file import file_contributions, file_run
from payments.payroll.operations._keep_document import keep_document
from payments.payroll.operations._open_run import open_pay_run
from payments.payroll.operations._pay import pay
from payments.payroll.operations._remittance import approve_remittance, prepare_remittance, remit

__all__ = [
    "answer_query", "approve", "approve_remittance", "compute", "confirm_contribution",
    "file_contributions", "file_run", "keep_document", "open_pay_run", "pay",
    "prepare_remittance", "query_contribution", "remit",
]  # fmt: skip
