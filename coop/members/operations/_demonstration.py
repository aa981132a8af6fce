from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import NotFound, saying
from coop.members.models import User
from coop.members.queries import cooperatives_of
from coop.members.types import MemberRef


@transaction.atomic
def enter_demonstration(*, at: datetime, person_id: UUID) -> None:
    """Note that somebody takes a person's place to try the demonstration.

    Raises NotFound `person_unknown` wherever this is no demonstration.
    """
    person = User.objects.filter(id=person_id, is_active=True).first()
    places = cooperatives_of(person_id) if person and settings.LETSEMA_DEMO else []
    if person is None or not places:
        raise NotFound("person_unknown", _("There is no such page."))
    here = places[0]
    by = MemberRef(
        here.id, person.id, person.name, here.country, here.currency, here.zone, person.language
    )
    audit.record(
        by=by, at=at,
        sentence=saying("entered the demonstration as %(person)s", person=person.name),
        about=("person", person.id),
    )  # fmt: skip
