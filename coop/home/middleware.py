"""A refusal becomes a page: what happened, why, and what now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coop.kernel import RuleBroken, readable

#: SQLSTATE of a lost race: deadlock, serialisation, lock not available.
_RIVALRY = {"40P01", "40001", "55P03"}


class RefusalMiddleware:
    """Turns a RuleBroken that a view lets pass into its page and status; lost races into 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """A form or query with a null character is refused here, whichever page it was for."""
        try:
            readable([*request.GET.lists(), *request.POST.lists()])
        except RuleBroken as error:
            return self._page(request, error)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, RuleBroken):
            return self._page(request, error)
        if isinstance(error, OperationalError):
            state = getattr(error.__cause__, "sqlstate", None)
            if state in _RIVALRY:
                busy = RuleBroken("busy", "Somebody else was doing the same. Please try again.")
                return self._page(request, busy)
        return None

    def _page(self, request: HttpRequest, error: RuleBroken) -> HttpResponse:
        # 404 says nothing about what was asked for: hidden and missing look the same.
        template = "404.html" if error.status == 404 else "refused.html"
        context = {} if error.status == 404 else {"error": error}
        return render(request, template, context, status=error.status)
