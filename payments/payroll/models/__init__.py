"""Pay runs, payslips, contributions, and what was sent to the funds."""

from payments.payroll.models.contributions import Contribution
from payments.payroll.models.documents import Document
from payments.payroll.models.remittances import ContributionStep, Remittance
from payments.payroll.models.runs import Approval, PayRun
from payments.payroll.models.slips import Payslip, PayslipLine

__all__ = [
    "Approval", "Contribution", "ContributionStep", "Document", "PayRun", "Payslip", "PayslipLine",
    "Remittance",
]  # fmt: skip
