from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from coop.kernel import BadInput, RuleBroken
from coop.members import queries as members
from coop.members.types import PersonCard
from coop.notices import registry
from coop.notices.models import InboundSms
from coop.outbox import operations as outbox


@transaction.atomic
def receive_sms(*, at: datetime, from_phone: str, text: str, provider_id: str) -> str:
    """Take in an SMS once, let the app that knows its first word act, and promise the reply.

    The reply, or "" for a number nobody here has: strangers get no answer, so nobody can find out
    who belongs. The same `provider_id` again returns the same reply and acts no second time.
    """
    if not provider_id or len(provider_id) > 120 or not from_phone or len(from_phone) > 20:
        raise BadInput("sms_unreadable", "A message needs a number it came from and an id.")
    if "\x00" in text + provider_id + from_phone:
        raise BadInput("sms_unreadable", "A message holds letters, not null bytes.")
    person = members.person_of_phone(from_phone)
    row = InboundSms(
        provider_id=provider_id, phone=from_phone, text=text[:1600], at=at,
        person_id=person.id if person else None,
    )  # fmt: skip
    InboundSms.objects.bulk_create([row], ignore_conflicts=True)
    kept = InboundSms.objects.select_for_update(of=("self",)).get(provider_id=provider_id)
    if kept.id != row.id:
        return kept.reply
    if person is None:
        return ""
    kept.reply = _answer(person, kept.text, at)
    kept.save(update_fields=["reply"])
    outbox.promise(
        key=f"sms-reply:{kept.id}", effect="notices.reply", payload={"inbound": str(kept.id)},
        due_at=at, at=at,
    )  # fmt: skip
    return kept.reply


def _answer(person: PersonCard, text: str, at: datetime) -> str:
    with translation.override(person.language):
        known = registry.word(text)
        if known is None:
            return _help()
        try:
            with transaction.atomic():
                return known.handler(person.id, _rest(text), at)
        except RuleBroken as refused:
            return refused.message


def _rest(text: str) -> str:
    parts = text.strip().split(maxsplit=1)
    return parts[1].strip() if len(parts) == 2 else ""


def _help() -> str:
    ways = "; ".join(registry.usages())
    if not ways:
        return _("We did not understand this message.")
    return _("We did not understand. You can answer: %(ways)s.") % {"ways": ways}


def help_text(person_id: UUID, rest: str, at: datetime) -> str:
    """The answer to HELP."""
    return _("You can answer: %(ways)s.") % {"ways": "; ".join(registry.usages())}
