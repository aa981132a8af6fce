"""SMS without a provider: on the screen of a demonstration, or nowhere."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from coop.notices.gateways.protocols import SendFailed
from coop.notices.models import PhoneMessage
from coop.realtime import changed


class ScreenPhone:
    """Each SMS is a row that /phone/ shows."""

    def send(self, *, to: str, text: str, key: str, at: datetime) -> str:
        with transaction.atomic():
            PhoneMessage.objects.bulk_create(
                [PhoneMessage(key=key, phone=to, text=text[:1600], at=at)], ignore_conflicts=True
            )
            changed(groups=["phones"], what="phone", id=to)
        return f"screen:{key}"[:120]


class NoSms:
    """No provider is named: every SMS fails at once and the next channel has its turn."""

    def send(self, *, to: str, text: str, key: str, at: datetime) -> str:
        raise SendFailed("no SMS provider is set up", may_recover=False)
