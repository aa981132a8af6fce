"""The composition root for the API: the same verbs as the pages, by token or session."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.security import SessionAuth

from coop.kernel import RuleBroken, readable
from coop.members.api import TokenAuth


class Reading(Parser):
    """Reads a body or a query as ever, and refuses what no text can keep."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        said = super().parse_body(request)
        readable(said)
        return said

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        said = super().parse_querydict(data, list_fields, request)
        readable(said)
        return said


api = NinjaAPI(
    title="Letsema",
    version="1",
    description="Book, work, decide and be paid. The same rules as the pages.",
    auth=[TokenAuth(), SessionAuth()],
    urls_namespace="api",
    parser=Reading(),
)

#: Path prefix and app; an app without an `api.py` has no routes yet.
APPS = {
    "members": "coop.members",
    "notices": "coop.notices",
    "hours": "coop.hours",
    "governance": "governance",
    "bookings": "bookings",
    "ledger": "payments.ledger",
    "charges": "payments.charges",
    "payroll": "payments.payroll",
    "surplus": "payments.surplus",
}
for prefix, app in APPS.items():
    if find_spec(f"{app}.api"):
        router: Router = import_module(f"{app}.api").router
        api.add_router(f"/{prefix}", router, tags=[prefix])


@api.exception_handler(RuleBroken)
def refused(request: HttpRequest, error: RuleBroken) -> HttpResponse:
    """A refusal as JSON: a stable code, a sentence, and the facts behind it."""
    facts: dict[str, Any] = {key: str(value) for key, value in error.facts.items()}
    body = {"code": error.code, "message": error.message, "facts": facts}
    return api.create_response(request, body, status=error.status)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Input of the wrong form, field by field, without echoing what was sent."""
    fields = [{"where": list(e["loc"]), "why": e["msg"]} for e in error.errors]
    body = {"code": "input_unreadable", "message": "Some fields cannot be read.", "fields": fields}
    return api.create_response(request, body, status=400)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No session and no token that holds."""
    said = _("Sign in, or send a token that holds: Authorization: Bearer …")
    return api.create_response(request, {"code": "sign_in_first", "message": said}, status=401)


@api.exception_handler(HttpError)
def refused_early(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What is refused before any verb of ours hears it, such as a body that is no JSON."""
    if isinstance(error.__cause__, RuleBroken):
        return refused(request, error.__cause__)
    body = {"code": "input_unreadable", "message": _("The body cannot be read as JSON.")}
    if error.status_code != 400:
        body = {"code": "request_refused", "message": str(error)}
    return api.create_response(request, body, status=error.status_code)
