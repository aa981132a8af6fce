from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import h3
from django.db import IntegrityError, transaction

from coop.audit import operations as audit
from coop.kernel import BadInput, NotFound, RuleBroken, saying
from coop.members.models import Address, Household, HouseholdPerson
from coop.members.types import MemberRef

#: H3 resolution 7: cells of about 5 square kilometres, more than 1 km across.
BLUR = 7


@transaction.atomic
def register_household(
    *, by: MemberRef, at: datetime, person_id: UUID, name: str, kind: str = "household"
) -> UUID:
    """Open a client account and let a person act for it."""
    household = Household.objects.create(
        cooperative_id=by.cooperative_id, name=name, kind=kind, created_at=at
    )
    try:
        with transaction.atomic():
            HouseholdPerson.objects.create(
                cooperative_id=by.cooperative_id, household=household, user_id=person_id
            )
    except IntegrityError as error:
        raise RuleBroken(
            "person_has_household", "This person acts for a household of this cooperative already."
        ) from error
    audit.record(
        by=by,
        at=at,
        sentence=saying("registered the household %(name)s", name=name),
        about=("household", household.id),
    )
    return household.id


@transaction.atomic
def add_address(
    *,
    by: MemberRef,
    at: datetime,
    household_id: UUID,
    lines: str,
    area: str,
    lat: Decimal,
    lon: Decimal,
    notes: str = "",
) -> UUID:
    """Add a home to a household, with the fixed coarse cell others may know."""
    if not (Decimal(-90) <= lat <= Decimal(90) and Decimal(-180) <= lon <= Decimal(180)):
        raise BadInput("place_unreadable", "A place needs a latitude and a longitude on the earth.")
    household = Household.objects.filter(
        cooperative_id=by.cooperative_id, id=household_id, active=True
    ).first()
    allowed = by.is_system or by.household_id == household_id or by.has("coordinator")
    if household is None or not allowed:
        raise NotFound("household_unknown", "This household is not known here.")
    address = Address.objects.create(
        cooperative_id=by.cooperative_id, household=household, lines=lines, notes=notes, area=area,
        lat=lat, lon=lon, cell=h3.latlng_to_cell(lat, lon, BLUR),
    )  # fmt: skip
    audit.record(
        by=by,
        at=at,
        sentence=saying("added an address in %(area)s", area=area),
        about=("household", household.id),
    )
    return address.id
