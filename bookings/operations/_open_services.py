from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _n

from bookings.models import AvailabilityWindow, Calendar, Service
from coop.audit import operations as audit
from coop.kernel import saying
from coop.members import operations as members
from coop.members.types import MemberRef

#: Code and name of what a cooperative offers at first; the skill has the same code.
FOUNDING = (
    ("cleaning", _n("Cleaning")),
    ("elder-care", _n("Elder care")),
    ("child-care", _n("Child care")),
    ("cooking", _n("Cooking")),
)
#: Until she says otherwise: Monday to Saturday, seven to six.
USUAL = (range(6), time(7), time(18))


@transaction.atomic
def open_services(*, by: MemberRef, at: datetime) -> None:
    """Offer the founding services and name their skills; again is no change."""
    for code, name in FOUNDING:
        members.name_skill(by=by, at=at, code=code, name=name)
        row, new = Service.objects.get_or_create(
            cooperative_id=by.cooperative_id, code=code,
            defaults={"name": name, "skill_code": code},
        )  # fmt: skip
        if new:
            audit.record(
                by=by,
                at=at,
                sentence=saying("offers %(name)s", name=name),
                about=("service", row.id),
            )


@transaction.atomic
def open_calendar(*, by: MemberRef, at: datetime, worker_id: UUID) -> None:
    """Give a worker a calendar with the usual hours; again is no change."""
    row, new = Calendar.objects.get_or_create(
        cooperative_id=by.cooperative_id, worker_id=worker_id, defaults={"zone": by.zone}
    )
    if not new:
        return
    days, starts, ends = USUAL
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(
            cooperative_id=by.cooperative_id, calendar=row, weekday=day, starts=starts, ends=ends
        )
        for day in days
    )
    audit.record(by=by, at=at, sentence=saying("opened her calendar"), about=("worker", worker_id))
