from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

import h3
from django.db import transaction
from django.utils.translation import gettext as _

from coop.kernel import BadInput, NotAllowed
from coop.members.models import Address
from coop.members.operations._admit import apply_for_membership
from coop.members.operations._household import add_address, register_household
from coop.members.operations._worker import join_as_worker
from coop.members.types import MemberRef

#: A place is kept to about a tenth of a metre.
_FINE = Decimal("0.000001")


@transaction.atomic
def begin_work(*, by: MemberRef, at: datetime, on: date, wanted_minutes_per_week: int) -> UUID:
    """She begins to work here and asks to become a member; twice is once. Her worker id."""
    if by.person_id is None:
        raise NotAllowed("joining_is_personal", _("Only a person can join, and only herself."))
    worker = join_as_worker(
        by=by, at=at, person_id=by.person_id, joined_on=on,
        wanted_minutes_per_week=wanted_minutes_per_week,
    )  # fmt: skip
    apply_for_membership(by=by, at=at, person_id=by.person_id)
    return worker


@transaction.atomic
def begin_household(
    *,
    by: MemberRef,
    at: datetime,
    name: str,
    lines: str,
    area: str,
    place: str = "",
    notes: str = "",
) -> UUID:
    """She opens a client account with its first address. The household's id.

    `place` is "latitude, longitude"; without it the area must be one that is known here already.
    """
    if by.person_id is None:
        raise NotAllowed("joining_is_personal", _("Only a person can join, and only herself."))
    if not (name.strip() and lines.strip() and area.strip()):
        raise BadInput("address_missing", _("A name, an address and its area are needed."))
    lat, lon = _spot(place) if place.strip() else _middle(by, area)
    household = register_household(by=by, at=at, person_id=by.person_id, name=name.strip()[:120])
    add_address(
        by=replace(by, household_id=household), at=at, household_id=household,
        lines=lines.strip(), area=area.strip()[:80], lat=lat, lon=lon, notes=notes.strip(),
    )  # fmt: skip
    return household


def _spot(place: str) -> tuple[Decimal, Decimal]:
    try:
        lat, lon = (Decimal(part.strip()).quantize(_FINE) for part in place.split(","))
        if not (lat.is_finite() and lon.is_finite()):
            raise ValueError(place)
    except (ValueError, InvalidOperation) as error:
        raise BadInput(
            "place_unreadable", _("Write the place as two numbers, like -26.1952, 28.0340.")
        ) from error
    return lat, lon


def _middle(by: MemberRef, area: str) -> tuple[Decimal, Decimal]:
    """The middle of the coarse cell of an area where somebody lives already."""
    known = Address.objects.filter(
        cooperative_id=by.cooperative_id, area__iexact=area.strip(), active=True
    ).order_by("cell").first()  # fmt: skip
    if known is None:
        raise BadInput(
            "area_unknown",
            _("This area is new to us. Add its place: two numbers, like -26.195, 28.034."),
        )
    lat, lon = h3.cell_to_latlng(known.cell)
    return Decimal(f"{lat:.6f}"), Decimal(f"{lon:.6f}")
