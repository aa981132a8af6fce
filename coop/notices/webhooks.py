"""What the SMS provider tells us: a text that came in, or what became of one that went out."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from coop.kernel import BadInput, NotFound
from coop.notices import operations
from coop.notices.schemas import InboundSmsIn, ReceiptIn, sms_event

#: Longer than any SMS a provider sends, shorter than any trouble.
_MOST = 16_384


@csrf_exempt
@require_POST
def sms(request: HttpRequest) -> HttpResponse:
    """One event as JSON with the shared secret as bearer token; twice is once, whatever is sent.

    Anything unverified or unreadable is 400 and leaves no trace.
    """
    given = request.headers.get("Authorization", "")
    secret = f"Bearer {settings.SMS_TOKEN}"
    if not settings.SMS_TOKEN or not constant_time_compare(given, secret):
        return HttpResponse(status=400)
    body = request.body
    if len(body) > _MOST:
        return HttpResponse(status=400)
    try:
        _take(sms_event.validate_json(body))
    except (ValidationError, BadInput):
        return HttpResponse(status=400)
    except NotFound:
        pass  # a receipt for a message of another installation: nothing to do, no reason to repeat
    return HttpResponse(status=200)


def _take(event: InboundSmsIn | ReceiptIn) -> None:
    now = timezone.now()
    if isinstance(event, InboundSmsIn):
        operations.receive_sms(
            at=now, from_phone=event.sender, text=event.text, provider_id=event.id
        )
    else:
        operations.receive_receipt(
            at=now, provider_id=event.id, delivered=event.status == "delivered",
            reason=event.reason,
        )  # fmt: skip
