"""The provider's door: verify, keep, 200; everything else happens after."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from coop.kernel import BadInput
from payments.charges import operations

_LARGEST = 300_000


@csrf_exempt
@require_POST
def stripe(request: HttpRequest) -> HttpResponse:
    """400 for anything that is not verifiably the provider's, whatever is wrong with it."""
    try:
        if int(request.headers.get("Content-Length") or 0) > _LARGEST:
            return HttpResponse(status=400)
        operations.receive_webhook(
            at=timezone.now(),
            body=request.body,
            signature=request.headers.get("Stripe-Signature", ""),
        )
    except (BadInput, ValueError):
        return HttpResponse(status=400)
    return HttpResponse(status=200)
