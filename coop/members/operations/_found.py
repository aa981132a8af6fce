from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import RuleBroken, saying
from coop.members.events import CooperativeFounded
from coop.members.models import Cooperative
from coop.members.queries import system_ref


@transaction.atomic
def found_cooperative(
    *,
    at: datetime,
    slug: str,
    name: str,
    country: str,
    currency: str,
    zone: str,
    language: str = "en",
    kind: str = "cooperative",
    founded_on: date,
    employer_of_record: str = "cooperative",
) -> UUID:
    """Found a cooperative; every app then sets up what it starts with.

    `employer_of_record`: who employs the workers before the funds, cooperative or household.
    """
    try:
        with transaction.atomic():
            row = Cooperative.objects.create(
                slug=slug, name=name, country=country, currency=currency, zone=zone,
                language=language, kind=kind, founded_on=founded_on,
                employer_of_record=employer_of_record,
            )  # fmt: skip
    except IntegrityError as error:
        raise RuleBroken(
            "cooperative_slug_taken", "A cooperative is already called %(slug)r here.", slug=slug
        ) from error
    audit.record(
        by=system_ref(row.id),
        at=at,
        sentence=saying("founded %(name)s", name=name),
        about=("cooperative", row.id),
    )
    publish(CooperativeFounded(row.id, country, currency, founded_on, at))
    return row.id
