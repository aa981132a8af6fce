"""A worker's own pay and record."""

from __future__ import annotations

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coop.hours.types import HoursKind
from coop.members.access import needs, ref_of, signed_in
from coop.members.queries import cooperative
from governance.registry import keys
from payments.payroll import operations, queries
from payments.payroll.rules.documents import safe_cell
from payments.payroll.types import (
    IN_GROSS,
    LATER,
    ContributionDetail,
    ContributionState,
    LineKind,
    PayRunState,
    PayslipDetail,
    SlipLine,
)

KIND_WORDS = {
    LineKind.HOURS: gettext_lazy("Paid time"),
    LineKind.CORRECTION: gettext_lazy("Correction"),
    LineKind.OVERTIME: gettext_lazy("Overtime premium"),
    LineKind.REST_DAY: gettext_lazy("Sunday premium"),
    LineKind.ALLOWANCE: gettext_lazy("Transport"),
    LineKind.LEAVE: gettext_lazy("Leave earned"),
    LineKind.BENEFIT: gettext_lazy("Set aside for you"),
}
#: What the hours of a line were.
WORKED_WORDS = {
    HoursKind.VISIT: gettext_lazy("Visit"),
    HoursKind.MINIMUM_VISIT: gettext_lazy("Up to the shortest paid visit"),
    HoursKind.TRAVEL: gettext_lazy("Travel"),
    HoursKind.TRAINING: gettext_lazy("Training"),
    HoursKind.ASSEMBLY: gettext_lazy("Assembly"),
    HoursKind.STANDBY: gettext_lazy("Standby"),
    HoursKind.LATE_CANCELLATION: gettext_lazy("Cancelled too late by the household"),
}
STEP_WORDS = {
    ContributionState.DUE: gettext_lazy("Due"),
    ContributionState.DEDUCTED: gettext_lazy("Kept for the fund"),
    ContributionState.PAID: gettext_lazy("Paid to the fund"),
    ContributionState.FILED: gettext_lazy("Declared to the fund"),
    ContributionState.CONFIRMED: gettext_lazy("The fund shows it"),
    ContributionState.QUERIED: gettext_lazy("The fund does not show it"),
}


@needs("worker")
def mine(request: HttpRequest) -> HttpResponse:
    """The newest payslip large, the others below."""
    slips = queries.my_payslips(ref_of(request))
    return render(
        request, "payroll/mine.html", {"newest": slips[0] if slips else None, "slips": slips}
    )


@signed_in
def slip(request: HttpRequest, payslip_id: UUID) -> HttpResponse:
    """Every line of a payslip: from what, at which rate, by which rule and vote."""
    ref = ref_of(request)
    found = queries.payslip(ref, payslip_id)
    context = {
        "slip": found,
        "card": found.card,
        "employer": cooperative(ref.cooperative_id).name,
        "paid": [(_word(found, line), line) for line in found.lines if line.kind in IN_GROSS],
        "transport": [line for line in found.lines if line.kind is LineKind.ALLOWANCE],
        "aside": [line for line in found.lines if line.kind in LATER],
        "paid_out": found.card.state in (PayRunState.PAID, PayRunState.FILED),
        "own": found.card.worker_id == ref.worker_id,
        "titles": _titles(),
    }
    return render(request, "payroll/slip.html", context)


def _word(found: PayslipDetail, line: SlipLine) -> str:
    """What the line pays: the kind of its hours, or the premium or correction it is."""
    worked = found.worked.get(line.hours_id) if line.hours_id else None
    if line.kind is LineKind.HOURS and worked in WORKED_WORDS:
        return str(WORKED_WORDS[worked])
    return str(KIND_WORDS[line.kind])


def _titles() -> dict[str, str]:
    """What the members' rules are called; the versions of the law go by their own names."""
    return {key.name: _(key.title) for key in keys()}


@signed_in
@require_POST
def replay(request: HttpRequest, payslip_id: UUID) -> HttpResponse:
    """Compute the slip again from what was kept, and say whether it comes out the same."""
    ref = ref_of(request)
    queries.payslip(ref, payslip_id)
    again = queries.replay(cooperative_id=ref.cooperative_id, payslip_id=payslip_id)
    if again.same:
        messages.success(request, _("Computed again: the same to the cent."))
    else:
        messages.error(request, _("Computed again, it comes out differently. Tell the treasurer."))
    return redirect("payroll:slip", payslip_id)


@needs("worker")
def record(request: HttpRequest) -> HttpResponse:
    """Months by schemes; every cell says how far the contribution has come."""
    schemes, months = queries.my_record(ref_of(request))
    return render(request, "payroll/record.html", {"schemes": schemes, "months": months})


@needs("worker")
def record_file(request: HttpRequest) -> HttpResponse:
    """The same as a sheet she can keep: one line for each contribution."""
    ref = ref_of(request)
    _schemes, months = queries.my_record(ref, last_months=1200)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="record.csv"'
    sheet = csv.writer(answer)
    sheet.writerow(
        ["month", "scheme", "name", "base", "worker", "employer", "currency", "state", "reference"]
    )
    for month, cells in months:
        for card in (card for cell in cells for card in cell):
            sheet.writerow([
                f"{month:%Y-%m}", card.scheme, card.name, card.base.major(), card.worker.major(),
                card.employer.major(), card.base.currency, card.state.value,
                safe_cell(card.reference),
            ])  # fmt: skip
    return answer


@needs("worker")
def contribution(request: HttpRequest, contribution_id: UUID) -> HttpResponse:
    """One cell: amounts, rule, every step with its receipt, and her answer."""
    found = queries.my_contribution(ref_of(request), contribution_id)
    return render(request, "payroll/contribution.html", contribution_context(request, found))


def contribution_context(request: HttpRequest, found: ContributionDetail) -> dict[str, Any]:
    """What is shown of a contribution to her and to the treasurer."""
    way = [s for s in ContributionState if s is not ContributionState.QUERIED]
    state = found.card.state
    gone = [step.state for step in found.steps if step.state in way]
    at = way.index(gone[-1]) if gone else 0
    return {
        "found": found.card,
        "whose": found.worker_name,
        "told": [(STEP_WORDS[step.state], step) for step in reversed(found.steps)],
        "zone": ref_of(request).zone,
        "steps": [
            {"label": STEP_WORDS[s], "state": "done" if i < at else "now" if i == at else "next"}
            for i, s in enumerate(way)
        ],
        "can_answer": state
        in (ContributionState.PAID, ContributionState.FILED, ContributionState.CONFIRMED),
        "can_confirm": state in (ContributionState.FILED, ContributionState.QUERIED),
    }


@needs("worker")
@require_POST
def answer(request: HttpRequest, contribution_id: UUID) -> HttpResponse:
    """She says whether the fund shows it, and what she saw."""
    ref, now = ref_of(request), timezone.now()
    note = request.POST.get("note", "")
    if request.POST.get("shows") == "yes":
        operations.confirm_contribution(by=ref, at=now, contribution_id=contribution_id)
    else:
        operations.query_contribution(by=ref, at=now, contribution_id=contribution_id, note=note)
    messages.success(request, _("Thank you. The treasurer sees your answer."))
    return redirect("payroll:contribution", contribution_id)


@signed_in
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """A receipt, as it was kept; never run by the browser."""
    card, content = queries.document(ref_of(request), document_id)
    reply = HttpResponse(content, content_type=card.media_type)
    reply["Content-Disposition"] = content_disposition_header(True, card.name)
    reply["X-Content-Type-Options"] = "nosniff"
    return reply
