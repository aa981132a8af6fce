from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from coop.audit import operations as audit
from coop.kernel import BadInput, NotFound
from coop.members import queries as members
from coop.members.types import MemberRef
from coop.notices.models import Notice
from coop.notices.registry import say
from coop.notices.types import Channel
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
    context: Mapping[str, str],
    key: str,
    channels: Sequence[Channel] = USUAL,
) -> UUID:
    """Tell a person something once; the same key again is the same notice. Its id.

    The row and the promise to send it commit with the caller's act. Raises BadInput when the
    template is unknown or the context does not fit it.
    """
    if not channels:
        raise BadInput("no_channel", "A notice needs at least one way to travel.")
    person = members.people([to]).get(to)
    if person is None:
        raise NotFound("person_unknown", "This person is not known here.")
    say(template, language=person.language, context=context)
    made = Notice(
        cooperative_id=by.cooperative_id, person_id=to, key=key, template=template,
        language=person.language, context=dict(context), channels=[c.value for c in channels],
        due_at=at,
    )  # fmt: skip
    Notice.objects.bulk_create([made], ignore_conflicts=True)
    kept = Notice.objects.values_list("id", flat=True).get(key=key)
    if kept != made.id:
        return kept
    outbox.promise(
        key=f"notice:{made.id}:0", effect="notices.send", payload={"notice": str(made.id)},
        due_at=at, at=at, cooperative_id=by.cooperative_id,
    )  # fmt: skip
    audit.record(by=by, at=at, sentence=f"had {template} told to a person", about=("person", to))
    changed(groups=[person_group(to)], what="notice", id=made.id)
    return made.id
