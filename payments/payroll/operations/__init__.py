"""What can be done with pay: open, compute, approve twice, pay, remit, file, confirm, query."""

from payments.payroll.operations._answer_query import answer_query
from payments.payroll.operations._approve import approve
from payments.payroll.operations._approve_remittance import approve_remittance
from payments.payroll.operations._compute import compute
from payments.payroll.operations._confirm_contribution import confirm_contribution
from payments.payroll.operations._file_contributions import file_contributions
from payments.payroll.operations._file_run import file_run
from payments.payroll.operations._keep_document import keep_document
from payments.payroll.operations._open_run import open_pay_run
from payments.payroll.operations._pay import pay
from payments.payroll.operations._prepare_remittance import prepare_remittance
from payments.payroll.operations._query_contribution import query_contribution
from payments.payroll.operations._remit import remit

__all__ = [
    "answer_query", "approve", "approve_remittance", "compute", "confirm_contribution",
    "file_contributions", "file_run", "keep_document", "open_pay_run", "pay",
    "prepare_remittance", "query_contribution", "remit",
]  # fmt: skip
