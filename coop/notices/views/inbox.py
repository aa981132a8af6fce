"""Her messages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from coop.members.access import ref_of, signed_in
from coop.notices import operations, queries


@require_safe
@signed_in
def inbox(request: HttpRequest) -> HttpResponseBase:
    """Everything she was told, newest first."""
    cards = queries.inbox(ref_of(request))
    new = any(not card.is_read for card in cards)
    return render(request, "notices/inbox.html", {"cards": cards, "new": new})


@require_POST
@signed_in
def read(request: HttpRequest) -> HttpResponseBase:
    """She says she has read them."""
    operations.read_inbox(by=ref_of(request), at=timezone.now())
    return redirect("notices:inbox")
