from __future__ import annotations

from datetime import datetime

from django.db import transaction

from coop.audit import operations as audit
from coop.kernel import saying
from coop.members import queries as members
from coop.members.types import MemberRef
from governance.models import PolicyVersion
from governance.queries import founding_id
from governance.registry import keys


@transaction.atomic
def charter_missing_keys(*, by: MemberRef, at: datetime) -> int:
    """Write down the founding terms of every declared rule that has none yet; how many.

    Doing it again does nothing. The terms are those that answered before they were written.
    """
    place = members.cooperative(by.cooperative_id)
    written = PolicyVersion.objects.filter(cooperative_id=place.id, founding=True)
    known = set(written.values_list("key", flat=True))
    new = []
    for key in keys():
        if key.name in known:
            continue
        terms = key.founding(place.country, place.founded_on)
        key.floor(key.parse(terms), place.country, place.founded_on)
        new.append(
            PolicyVersion(
                id=founding_id(place.id, key.name), cooperative_id=place.id, key=key.name,
                terms=terms, effective_from=place.founded_on, founding=True, written_at=at,
            )
        )  # fmt: skip
    PolicyVersion.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        audit.record(
            by=by, at=at,
            sentence=saying("wrote down the founding terms of %(count)s rules", count=len(new)),
            about=("cooperative", place.id),
        )  # fmt: skip
    return len(new)
