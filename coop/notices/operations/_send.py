from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from coop.kernel import RuleBroken
from coop.members import queries as members
from coop.notices import gateways
from coop.notices.gateways import SendFailed
from coop.notices.models import Attempt, InboundSms, Notice
from coop.notices.registry import say
from coop.notices.rules import next_channel, wait_before
from coop.notices.types import Channel, NoticeState
from coop.outbox import operations as outbox
from coop.realtime import changed, person_group


@transaction.atomic
def send_due(*, at: datetime, notice_id: UUID) -> None:
    """Send a due notice by its next channel; a failure plans the one after."""
    row = (
        Notice.objects.select_for_update(of=("self",))
        .filter(id=notice_id, state=NoticeState.DUE)
        .first()
    )
    if row is None:
        return
    tries = list(row.attempts.order_by("number"))
    channel = next_channel([Channel(c) for c in row.channels], failures_of(tries))
    if channel is None:
        row.state = NoticeState.FAILED
        row.save(update_fields=["state"])
        return
    attempt = Attempt(
        cooperative_id=row.cooperative_id, notice=row, number=len(tries), channel=channel, at=at
    )
    try:
        attempt.provider_id = _send(row, channel, _key(row, channel, tries), at)
    except SendFailed as error:
        attempt.error, attempt.may_recover = error.reason[:300], error.may_recover
        attempt.save()
        plan_next(row, at=at)
        return
    attempt.save()
    row.state, row.sent_at = NoticeState.SENT, at
    row.save(update_fields=["state", "sent_at"])
    changed(groups=[person_group(row.person_id)], what="notice", id=row.id)


def failures_of(tries: list[Attempt]) -> list[tuple[Channel, bool]]:
    return [(Channel(t.channel), t.may_recover) for t in tries if t.error]


def plan_next(row: Notice, *, at: datetime) -> None:
    """Promise the next try of a due notice; with no channel left that try finds it failed."""
    tries = list(row.attempts.order_by("number"))
    failures = failures_of(tries)
    channel = next_channel([Channel(c) for c in row.channels], failures)
    wait = wait_before(channel, failures) if channel else at - at
    outbox.promise(
        key=f"notice:{row.id}:{len(tries)}", effect="notices.send",
        payload={"notice": str(row.id)}, due_at=at + wait, at=at,
        cooperative_id=row.cooperative_id,
    )  # fmt: skip


def _key(row: Notice, channel: Channel, tries: list[Attempt]) -> str:
    """The provider's idempotency key: a try whose outcome is unknown repeats the same one."""
    taken = sum(1 for t in tries if t.channel == channel and t.provider_id)
    return f"{row.id}:{channel}:{taken}"


def _send(row: Notice, channel: Channel, key: str, at: datetime) -> str:
    said = say(row.template, language=row.language, context=row.context)
    link = settings.SITE_URL + said.link
    if channel is Channel.SMS:
        with translation.override(row.language):
            text = _("You have a message in Letsema.") if said.private else said.text
        to = members.phone_of(row.person_id)
        return gateways.sms().send(to=to, text=f"{text} {link}", key=key, at=at)
    if channel is Channel.EMAIL:
        to = members.email_of(row.person_id)
        if not to:
            raise SendFailed("no e-mail address is known", may_recover=False)
        # Mail is previewed on locked screens and kept for years: it carries the link only.
        with translation.override(row.language):
            subject = _("You have a message in Letsema.")
        return gateways.mail().send(to=to, subject=subject, text=link, key=key)
    return ""


@transaction.atomic
def send_reply(*, at: datetime, inbound_id: UUID) -> None:
    """Send the answer to an SMS that came in. A failure is retried by the outbox."""
    row = InboundSms.objects.get(id=inbound_id)
    gateways.sms().send(to=row.phone, text=row.reply, key=f"reply:{row.id}", at=at)


def send_sign_in_code(*, at: datetime, phone: str, code: str, key: str) -> None:
    """Text a code at once: it lives minutes and is stored nowhere, so no promise carries it.

    Raises RuleBroken `code_not_sent`; asking again is the cure.
    """
    _send_now(
        at, phone, _("%(code)s is your Letsema code. Give it to nobody.") % {"code": code}, key
    )


def send_known_phone(*, at: datetime, phone: str, key: str) -> None:
    """Tell whoever signs up a second time that she has an account and how to enter."""
    link = settings.SITE_URL + reverse("account_login")
    _send_now(at, phone, _("You have an account already. Sign in: %(link)s") % {"link": link}, key)


def _send_now(at: datetime, phone: str, text: str, key: str) -> None:
    try:
        gateways.sms().send(to=phone, text=text, key=key, at=at)
    except SendFailed as error:
        raise RuleBroken(
            "code_not_sent", _("The message could not be sent. Please try again in a minute.")
        ) from error
