from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation

from coop.audit import operations as audit
from coop.kernel import BadInput, Money, NotFound, saying, written
from coop.members import queries as members
from coop.members.types import MemberRef
from coop.notices.models import Notice
from coop.notices.registry import say
from coop.notices.types import Channel, Letter
from coop.outbox import operations as outbox
from coop.realtime import changed, person_group

#: SMS reaches every phone; the others take over when it fails.
USUAL = (Channel.SMS, Channel.EMAIL, Channel.IN_APP)


@transaction.atomic
def notify(
    *,
    by: MemberRef,
    at: datetime,
    to: UUID,
    template: str,
    context: Mapping[str, str | Money],
    key: str,
    channels: Sequence[Channel] = USUAL,
) -> UUID:
    """Tell a person something once; the same key again is the same notice. Its id.

    The row and the promise to send it commit with the caller's act. Raises BadInput when the
    template is unknown or the context does not fit it.
    """
    letter = Letter(to, key, context)
    return notify_each(by=by, at=at, template=template, letters=[letter], channels=channels)[0]


@transaction.atomic
def notify_each(
    *,
    by: MemberRef,
    at: datetime,
    template: str,
    letters: Sequence[Letter],
    channels: Sequence[Channel] = USUAL,
) -> list[UUID]:
    """The same told to many at once, each with her own context and key; the ids in that order."""
    if not channels:
        raise BadInput("no_channel", "A notice needs at least one way to travel.")
    people = members.people({letter.to for letter in letters})
    made = []
    for letter in letters:
        person = people.get(letter.to)
        if person is None:
            raise NotFound("person_unknown", "This person is not known here.")
        context = in_words(letter.context, person.language)
        say(template, language=person.language, context=context)
        made.append(
            Notice(
                cooperative_id=by.cooperative_id, person_id=letter.to, key=letter.key,
                template=template, language=person.language, context=context,
                channels=[c.value for c in channels], due_at=at,
            )
        )  # fmt: skip
    Notice.objects.bulk_create(made, ignore_conflicts=True)
    keys = [notice.key for notice in made]
    kept = dict(Notice.objects.filter(key__in=keys).values_list("key", "id"))
    _send_soon(by, at, [notice for notice in made if kept[notice.key] == notice.id])
    return [kept[key] for key in keys]


def in_words(context: Mapping[str, str | Money], language: str) -> dict[str, str]:
    """Amounts as they are written there; without the spaces that would make an SMS cost double."""
    with translation.override(language):
        return {
            name: str(written(fact)).replace("\xa0", " ").replace("\u202f", " ")
            if isinstance(fact, Money)
            else fact
            for name, fact in context.items()
        }


def _send_soon(by: MemberRef, at: datetime, new: Sequence[Notice]) -> None:
    """Promise to send them, and leave a sentence about each."""
    outbox.promise_each(
        effect="notices.send",
        payloads={f"notice:{notice.id}:0": {"notice": str(notice.id)} for notice in new},
        due_at=at, at=at, cooperative_id=by.cooperative_id,
    )  # fmt: skip
    for notice in new:
        to = notice.person_id
        said = saying("had %(template)s told to a person", template=notice.template)
        audit.record(by=by, at=at, sentence=said, about=("person", to))
        changed(groups=[person_group(to)], what="notice", id=notice.id)
