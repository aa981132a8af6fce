from __future__ import annotations

from datetime import datetime

from django.db import transaction

from coop.kernel import NotFound
from coop.notices.models import Attempt, Notice
from coop.notices.operations._send import plan_next
from coop.notices.types import NoticeState
from coop.realtime import changed, person_group


@transaction.atomic
def receive_receipt(*, at: datetime, provider_id: str, delivered: bool, reason: str = "") -> None:
    """Take in the provider's word on a message: delivered, or not and the next channel's turn.

    The state only moves forward: what was delivered stays so. Raises NotFound `message_unknown`.
    """
    found = Attempt.objects.filter(provider_id=provider_id).exclude(provider_id="").first()
    if found is None:
        raise NotFound("message_unknown", "No message went out under this id.")
    row = Notice.objects.select_for_update().get(id=found.notice_id)
    attempt = Attempt.objects.select_for_update().get(id=found.id)
    if row.state == NoticeState.DELIVERED:
        return
    if delivered:
        row.state, row.delivered_at = NoticeState.DELIVERED, at
        row.sent_at = row.sent_at or attempt.at
        row.save(update_fields=["state", "delivered_at", "sent_at"])
    elif not attempt.error:
        attempt.error = (reason or "not delivered")[:300]
        attempt.save(update_fields=["error"])
        if row.state == NoticeState.SENT:
            row.state = NoticeState.DUE
            row.save(update_fields=["state"])
            plan_next(row, at=at)
    changed(groups=[person_group(row.person_id)], what="notice", id=row.id)
