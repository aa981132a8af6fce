"""A worker's own pay and record."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coop.members.access import needs, ref_of, signed_in
from payments.payroll import operations, queries
from payments.payroll.types import IN_GROSS, LATER, ContributionState, LineKind

KIND_WORDS = {
    LineKind.HOURS: gettext_lazy("Paid time"),
    LineKind.CORRECTION: gettext_lazy("Correction"),
    LineKind.OVERTIME: gettext_lazy("Overtime premium"),
    LineKind.REST_DAY: gettext_lazy("Sunday premium"),
    LineKind.ALLOWANCE: gettext_lazy("Transport"),
    LineKind.LEAVE: gettext_lazy("Leave earned"),
    LineKind.BENEFIT: gettext_lazy("Set aside for you"),
}
STEP_WORDS = {
    ContributionState.DUE: gettext_lazy("Due"),
    ContributionState.DEDUCTED: gettext_lazy("Kept from your pay"),
    ContributionState.PAID: gettext_lazy("Paid to the fund"),
    ContributionState.FILED: gettext_lazy("Declared to the fund"),
    ContributionState.CONFIRMED: gettext_lazy("The fund shows it"),
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
        "paid": [line for line in found.lines if line.kind in IN_GROSS],
        "transport": [line for line in found.lines if line.kind is LineKind.ALLOWANCE],
        "aside": [line for line in found.lines if line.kind in LATER],
        "own": found.card.worker_id == ref.worker_id,
        "words": {kind.value: str(word) for kind, word in KIND_WORDS.items()},
    }
    return render(request, "payroll/slip.html", context)


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
def contribution(request: HttpRequest, contribution_id: UUID) -> HttpResponse:
    """One cell: amounts, rule, reference, and her answer whether the fund shows it."""
    found = queries.contribution(ref_of(request), contribution_id)
    steps = [s for s in ContributionState if s is not ContributionState.QUERIED]
    at = steps.index(found.state) if found.state in steps else -1
    context = {
        "found": found,
        "steps": [
            {"label": STEP_WORDS[s], "state": "done" if i < at else "now" if i == at else "next"}
            for i, s in enumerate(steps)
        ],
        "can_answer": found.state
        in (ContributionState.PAID, ContributionState.FILED, ContributionState.CONFIRMED),
        "can_confirm": found.state in (ContributionState.FILED, ContributionState.QUERIED),
    }
    return render(request, "payroll/contribution.html", context)


@needs("worker")
@require_POST
def answer(request: HttpRequest, contribution_id: UUID) -> HttpResponse:
    """She says whether the fund shows it."""
    ref = ref_of(request)
    act = (
        operations.confirm_contribution
        if request.POST.get("shows") == "yes"
        else operations.query_contribution
    )
    act(by=ref, at=timezone.now(), contribution_id=contribution_id)
    messages.success(request, _("Thank you. The treasurer sees your answer."))
    return redirect("payroll:contribution", contribution_id)
