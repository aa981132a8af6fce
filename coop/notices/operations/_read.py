from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from coop.members.types import MemberRef
from coop.notices.models import Notice
from coop.notices.types import NoticeState


@transaction.atomic
def read_inbox(*, by: MemberRef, at: datetime) -> int:
    """She has read her messages, which delivers them by whatever way. How many were new."""
    mine = Notice.objects.filter(
        cooperative_id=by.cooperative_id, person_id=by.person_id, read_at__isnull=True
    )
    return mine.update(
        read_at=at,
        state=NoticeState.DELIVERED,
        delivered_at=Coalesce(F("delivered_at"), Value(at)),
    )
