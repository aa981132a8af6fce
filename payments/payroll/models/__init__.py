"""Pay runs, payslips and contributions."""

from payments.payroll.models.contributions import Contribution
from payments.payroll.models.runs import Approval, PayRun
from payments.payroll.models.slips import Payslip, PayslipLine

__all__ = ["Approval", "Contribution", "PayRun", "Payslip", "PayslipLine"]
