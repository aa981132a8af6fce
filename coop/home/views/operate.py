"""What the machinery could not do by itself, for those who look after it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.kernel import BadInput
from coop.members.access import needs, ref_of
from coop.outbox import operations, queries


@require_safe
@needs("coordinator", "board")
def operate(request: HttpRequest) -> HttpResponseBase:
    """Promises that failed too often, and how the rest is doing."""
    ref = ref_of(request)
    found = {
        "letters": queries.dead_letters(cooperative_id=ref.cooperative_id),
        "health": queries.health(cooperative_id=ref.cooperative_id, at=timezone.now()),
        "zone": ref.zone,
    }
    return render(request, "home/operate.html", found)


@require_POST
@needs("coordinator", "board")
def settle(request: HttpRequest, promise_id: UUID) -> HttpResponseBase:
    """Try one again, or give it up with a reason."""
    ref, now = ref_of(request), timezone.now()
    if request.POST.get("verb") == "drop":
        reason = request.POST.get("reason", "").strip()
        if not reason:
            raise BadInput("reason_missing", _("Say why it is given up; the trail keeps it."))
        operations.drop(by=ref, at=now, promise_id=promise_id, reason=reason)
    else:
        operations.retry(by=ref, at=now, promise_id=promise_id)
    return redirect("home:operate")
