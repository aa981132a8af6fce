"""Reading notices. Values cross the door, never rows."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from coop.audit.types import Check, check
from coop.kernel import BadInput
from coop.members.types import MemberRef
from coop.notices.models import InboundSms, Notice, PhoneMessage
from coop.notices.registry import say
from coop.notices.types import (
    Bubble,
    Channel,
    NoticeCard,
    NoticeCounts,
    NoticeState,
    NoticeTrace,
    Said,
    TryLine,
)
from coop.outbox import queries as outbox


def visible_to(ref: MemberRef) -> QuerySet[Notice]:
    """The one filter of lists and details: her own messages in this cooperative."""
    return Notice.objects.filter(cooperative_id=ref.cooperative_id, person_id=ref.person_id)


def inbox(ref: MemberRef, *, last: int = 50) -> list[NoticeCard]:
    """Her newest messages, in the language she had when they were due."""
    cards = []
    for row in visible_to(ref).order_by("-due_at", "-id")[:last]:
        said = _kept_words(row)
        cards.append(
            NoticeCard(
                row.id, row.template, said.subject, said.text, said.link, row.due_at,
                row.read_at is not None,
            )
        )  # fmt: skip
    return cards


def _kept_words(row: Notice) -> Said:
    """What a notice said; one whose template an app has given up still shows that it was there."""
    try:
        return say(row.template, language=row.language, context=row.context)
    except BadInput:
        return Said(_("A message"), _("Its words are no longer kept."), "/inbox/", private=False)


def unread(ref: MemberRef) -> int:
    """How many messages wait for her."""
    return visible_to(ref).filter(read_at__isnull=True).count()


def counts(ref: MemberRef, *, at: datetime) -> NoticeCounts:
    """Due, sent and delivered, side by side, for the operator of a cooperative."""
    late = Q(state=NoticeState.DUE, due_at__lt=at - timedelta(minutes=1))
    found = Notice.objects.filter(cooperative_id=ref.cooperative_id).aggregate(
        due=Count("id", filter=Q(state=NoticeState.DUE)),
        overdue=Count("id", filter=late),
        sent=Count("id", filter=Q(state=NoticeState.SENT)),
        delivered=Count("id", filter=Q(state=NoticeState.DELIVERED)),
        failed=Count("id", filter=Q(state=NoticeState.FAILED)),
    )
    return NoticeCounts(**found)


def traces(ref: MemberRef, *, last: int = 100) -> list[NoticeTrace]:
    """The cooperative's newest notices with every try, without what they said; two queries."""
    rows = Notice.objects.filter(cooperative_id=ref.cooperative_id).order_by("-due_at", "-id")
    return [
        NoticeTrace(
            row.id, row.person_id, row.template, NoticeState(row.state), row.due_at, row.sent_at,
            row.delivered_at,
            tuple(
                TryLine(Channel(t.channel), t.at, t.error)
                for t in sorted(row.attempts.all(), key=lambda t: t.number)
            ),
        )
        for row in rows.prefetch_related("attempts")[:last]
    ]  # fmt: skip


def phone_screen(phone: str, *, last: int = 60) -> list[Bubble]:
    """What an on-screen phone shows: sent and received texts, oldest first."""
    sent = PhoneMessage.objects.filter(phone=phone).order_by("-at")[:last]
    said = InboundSms.objects.filter(phone=phone).order_by("-at")[:last]
    bubbles = [Bubble(m.text, m.at, mine=False) for m in sent]
    bubbles += [Bubble(m.text, m.at, mine=True) for m in said]
    return sorted(bubbles, key=lambda b: (b.at, not b.mine))[-last:]


def checks(*, cooperative_id: UUID) -> list[Check]:
    """I6: what must be told is kept once, and its sending was promised."""
    rows = list(Notice.objects.filter(cooperative_id=cooperative_id).values_list("id", "key"))
    times = Counter(key for _id, key in rows)
    found = [("a notice is kept twice", key) for key, count in times.items() if count > 1]
    promised = {f"notice:{id_}:0": id_ for id_, _key in rows}
    found += [
        ("a notice whose sending was never promised", str(promised[key]))
        for key in outbox.lost(promised)
    ]
    return [check("I6", "notices", len(rows), found)]


def checks_of_everybody() -> list[Check]:
    """I6: a text a provider says we took in is kept once; it belongs to no cooperative."""
    rows = InboundSms.objects.values("provider_id").annotate(times=Count("id"))
    twice = rows.filter(times__gt=1).values_list("provider_id", flat=True)
    found = [("a text was taken in twice", provider_id) for provider_id in twice]
    return [check("I6", "texts received", InboundSms.objects.count(), found)]
