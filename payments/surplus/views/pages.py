"""The waterfall for everybody, each member's own figure, and every figure for the treasurer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop.members.access import needs, ref_of
from payments.surplus import operations, queries
from payments.surplus.forms import PeriodForm, last_year
from payments.surplus.types import SharingState

READERS = ("member", "treasurer", "board", "auditor")
KEEPERS = ("treasurer", "board")


@needs(*READERS)
def sharings(request: HttpRequest) -> HttpResponse:
    """All sharings, and for the treasurer a form to compute the next one."""
    ref = ref_of(request)
    may = ref.has(*KEEPERS)
    form = PeriodForm(request.POST or None, initial=last_year(timezone.localdate()))
    if request.method == "POST" and may and form.is_valid():
        sharing_id = operations.propose_sharing(by=ref, at=timezone.now(), **form.days)
        return redirect("surplus:sharing", sharing_id)
    context = {"sharings": queries.sharings(ref), "form": form if may else None}
    return render(request, "surplus/sharings.html", context)


@needs(*READERS)
def sharing(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """The waterfall rung by rung, and the shares the reader may see."""
    ref = ref_of(request)
    found = queries.sharing(ref, sharing_id)
    context = {
        "found": found,
        "card": found.card,
        "may": ref.has(*KEEPERS) and found.card.state is SharingState.PROPOSED,
        "everybody": ref.has("treasurer", "board", "auditor"),
    }
    return render(request, "surplus/sharing.html", context)


@needs(*KEEPERS)
@require_POST
def withdraw(request: HttpRequest, sharing_id: UUID) -> HttpResponse:
    """Take a proposed sharing back."""
    operations.withdraw_sharing(by=ref_of(request), at=timezone.now(), sharing_id=sharing_id)
    messages.success(request, _("Taken back; it stays readable."))
    return redirect("surplus:sharing", sharing_id)
