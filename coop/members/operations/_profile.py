from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from coop.audit import operations as audit
from coop.kernel import BadInput, NotAllowed, saying
from coop.members.models import User, Worker
from coop.members.types import MemberRef


@transaction.atomic
def change_profile(
    *,
    by: MemberRef,
    at: datetime,
    name: str,
    language: str,
    email: str = "",
    wanted_minutes_per_week: int | None = None,
    travels_km: int | None = None,
) -> None:
    """Change what she says of herself: name, language, e-mail and, for a worker, hours wanted.

    None leaves a worker's figure as it is. The trail says that it changed, not what to.
    """
    if by.person_id is None:
        raise NotAllowed("profile_is_personal", _("Only a person can change her profile."))
    if not name.strip():
        raise BadInput("name_missing", _("A name is needed."))
    if language not in dict(settings.LANGUAGES):
        raise BadInput("language_unknown", _("This language is not spoken here yet."))
    if wanted_minutes_per_week is not None and not 0 <= wanted_minutes_per_week <= 7 * 24 * 60:
        raise BadInput("hours_wanted", _("Hours wanted per week lie between 0 and 168."))
    if travels_km is not None and not 0 <= travels_km <= 500:
        raise BadInput("travels_km", _("The way to work is between 0 and 500 km."))
    person = User.objects.select_for_update().get(id=by.person_id)
    person.name, person.language, person.email = name.strip()[:120], language, email.strip()
    person.save(update_fields=["name", "language", "email"])
    if by.worker_id is not None:
        worker = Worker.objects.select_for_update().get(id=by.worker_id)
        worker.name = person.name
        if wanted_minutes_per_week is not None:
            worker.wanted_minutes_per_week = wanted_minutes_per_week
        if travels_km is not None:
            worker.travels_km = travels_km
        worker.save(update_fields=["name", "wanted_minutes_per_week", "travels_km"])
    audit.record(by=by, at=at, sentence=saying("changed her profile"), about=("person", person.id))
