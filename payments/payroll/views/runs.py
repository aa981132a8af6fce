"""Pay runs: open, compute, two keys, pay, and send the funds what is theirs."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.kernel import BadInput
from coop.members.access import needs, ref_of, today_of
from payments.payroll import operations, queries
from payments.payroll.forms import PeriodForm, last_month
from payments.payroll.types import PayRunState

READERS = ("treasurer", "board", "auditor")
KEEPERS = ("treasurer", "board")


@needs(*READERS)
def runs(request: HttpRequest) -> HttpResponse:
    """All runs, what waits for a key, what is owed to funds, and a form for the next run."""
    ref = ref_of(request)
    may = ref.has(*KEEPERS)
    form = PeriodForm(request.POST or None, initial=last_month(timezone.localdate()))
    if request.method == "POST" and may and form.is_valid():
        run_id = operations.open_pay_run(by=ref, at=timezone.now(), **form.days)
        return redirect("payroll:run", run_id)
    context = {
        "runs": queries.pay_runs(ref),
        "waiting": queries.waiting_approvals(ref) if may else [],
        "owed": queries.owed_to_funds(ref),
        "deadlines": queries.deadlines(ref, on=today_of(ref)),
        "questions": queries.queried(ref),
        "form": form if may else None,
    }
    return render(request, "payroll/runs.html", context)


@needs(*READERS)
def waiting(request: HttpRequest) -> HttpResponse:
    """The card of runs that wait for her key, for other pages to fetch."""
    ref = ref_of(request)
    found = queries.waiting_approvals(ref) if ref.has(*KEEPERS) else []
    return render(request, "payroll/waiting.html", {"waiting": found})


@needs(*READERS)
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """A run with its slips and the one thing to do next."""
    ref = ref_of(request)
    card = queries.pay_run(ref, run_id)
    may = ref.has(*KEEPERS)
    approved = any(a.person_id == ref.person_id for a in card.approvals)
    steps = list(PayRunState)
    at = steps.index(card.state)
    context = {
        "run": card,
        "slips": queries.payslips_of_run(ref, run_id),
        "do": _next(card.state, approved) if may else None,
        "approved": approved,
        "transport": queries.transport(ref, run_id),
        "funds": queries.set_aside(ref, run_id),
        "steps": [
            {"label": word, "state": "done" if i < at else "now" if i == at else "next"}
            for i, word in enumerate(
                (_("Opened"), _("Computed"), _("Approved by two"), _("Paid"), _("Filed"))
            )
        ],
        "zone": ref.zone,
    }
    return render(request, "payroll/run.html", context)


def _next(state: PayRunState, approved: bool) -> tuple[str, str] | None:
    """The verb that comes next and its words; nothing while another person's key is awaited."""
    return {
        PayRunState.OPEN: ("compute", _("Compute payslips")),
        PayRunState.COMPUTED: None if approved else ("approve", _("Approve")),
        PayRunState.APPROVED: ("pay", _("Pay everybody")),
        PayRunState.PAID: ("file", _("Mark as filed")),
        PayRunState.FILED: None,
    }[state]


@needs(*KEEPERS)
@require_POST
def act(request: HttpRequest, run_id: UUID, verb: str) -> HttpResponse:
    """One verb on a run."""
    ref, now = ref_of(request), timezone.now()
    queries.pay_run(ref, run_id)
    if verb == "compute":
        count = operations.compute(by=ref, at=now, run_id=run_id)
        messages.success(request, _("%(count)s payslips computed.") % {"count": count})
    elif verb == "approve":
        operations.approve(by=ref, at=now, run_id=run_id)
        messages.success(request, _("Your key is given."))
    elif verb == "pay":
        operations.pay(by=ref, at=now, run_id=run_id)
        messages.success(request, _("Paid, and every cent is in the books."))
    elif verb == "file":
        operations.file_run(by=ref, at=now, run_id=run_id)
        messages.success(request, _("Filed."))
    else:
        raise BadInput("verb_unknown", _("That cannot be done with a pay run."))
    return redirect("payroll:run", run_id)
