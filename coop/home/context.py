"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from coop.kernel import RuleBroken
from coop.members.access import ref_of


def page(request: HttpRequest) -> dict[str, Any]:
    """`me`: the MemberRef or None; `sockets_url`: where hints come from; `demo`: sign-in as."""
    me = None
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        try:
            me = ref_of(request)
        except RuleBroken:
            me = None
    return {"me": me, "sockets_url": settings.SOCKETS_URL, "demo": settings.LETSEMA_DEMO}
