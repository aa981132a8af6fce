from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from coop.audit import operations as audit
from coop.events import publish
from coop.kernel import BadInput, NotFound, saying
from coop.members.events import WorkerJoined
from coop.members.models import Skill, User, Worker, WorkerSkill
from coop.members.types import MemberRef


@transaction.atomic
def join_as_worker(
    *,
    by: MemberRef,
    at: datetime,
    person_id: UUID,
    joined_on: date,
    wanted_minutes_per_week: int = 2400,
    home: tuple[Decimal, Decimal] | None = None,
    travels_km: int = 15,
) -> UUID:
    """Let a person work: a name and a phone number are enough. Joining twice is joining once."""
    person = User.objects.filter(id=person_id).first()
    if person is None:
        raise NotFound("person_unknown", "This person is not known here.")
    if not 0 <= wanted_minutes_per_week <= 7 * 24 * 60:
        raise BadInput("hours_wanted", "Hours wanted per week lie between 0 and 168.")
    worker, new = Worker.objects.get_or_create(
        cooperative_id=by.cooperative_id,
        user=person,
        defaults={
            "name": person.name,
            "wanted_minutes_per_week": wanted_minutes_per_week,
            "home_lat": home[0] if home else None,
            "home_lon": home[1] if home else None,
            "travels_km": travels_km,
            "joined_on": joined_on,
        },
    )
    if new:
        audit.record(
            by=by,
            at=at,
            sentence=saying("%(person)s joined as a worker", person=person.name),
            about=("worker", worker.id),
        )
        publish(WorkerJoined(by.cooperative_id, worker.id, person_id, at))
    return worker.id


@transaction.atomic
def name_skill(*, by: MemberRef, at: datetime, code: str, name: str) -> UUID:
    """Give a skill a name; the same code again is the same skill."""
    skill, new = Skill.objects.get_or_create(
        cooperative_id=by.cooperative_id, code=code, defaults={"name": name}
    )
    if new:
        audit.record(
            by=by,
            at=at,
            sentence=saying("named the skill %(name)s", name=name),
            about=("skill", skill.id),
        )
    return skill.id


@transaction.atomic
def certify_skill(
    *,
    by: MemberRef,
    at: datetime,
    worker_id: UUID,
    skill_code: str,
    valid_from: date,
    valid_until: date | None = None,
) -> None:
    """Record that a worker has a skill from a day on, until a day or for good."""
    worker = Worker.objects.filter(cooperative_id=by.cooperative_id, id=worker_id).first()
    skill = Skill.objects.filter(cooperative_id=by.cooperative_id, code=skill_code).first()
    if worker is None or skill is None:
        raise NotFound("worker_or_skill_unknown", "This worker or skill is not known here.")
    WorkerSkill.objects.get_or_create(
        cooperative_id=by.cooperative_id,
        worker=worker,
        skill=skill,
        valid_from=valid_from,
        defaults={"valid_until": valid_until},
    )
    audit.record(
        by=by, at=at,
        sentence=saying("certified %(skill)s for %(worker)s", skill=skill.name, worker=worker.name),
        about=("worker", worker.id),
    )  # fmt: skip
