"""Reading people. Values cross the door, never rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from coop.kernel import NotFound
from coop.members.models import (
    Address,
    Consent,
    Cooperative,
    Household,
    Membership,
    Office,
    User,
    Worker,
    WorkerSkill,
)
from coop.members.types import (
    VOTING_STATES,
    AddressCard,
    AreaCard,
    CooperativeCard,
    HouseholdCard,
    MemberCard,
    MemberRef,
    MembershipState,
    PersonCard,
    WorkerCard,
)


def cooperative(cooperative_id: UUID) -> CooperativeCard:
    """Raises NotFound `cooperative_unknown`."""
    row = Cooperative.objects.filter(id=cooperative_id).first()
    if row is None:
        raise NotFound("cooperative_unknown", "This cooperative is not known here.")
    return card_of(row)


def cooperatives() -> list[CooperativeCard]:
    """All of this installation, by name."""
    return [card_of(row) for row in Cooperative.objects.order_by("name")]


def countries() -> list[str]:
    """Where the cooperatives of this installation are, for reading a phone number."""
    return sorted(set(Cooperative.objects.values_list("country", flat=True)))


def card_of(row: Cooperative) -> CooperativeCard:
    return CooperativeCard(
        row.id, row.slug, row.name, row.kind, row.country, row.currency, row.zone, row.language,
        row.founded_on,
    )  # fmt: skip


def system_ref(cooperative_id: UUID) -> MemberRef:
    """The system itself acting for a cooperative: an outbox effect, a tick."""
    c = cooperative(cooperative_id)
    return MemberRef(c.id, None, "Letsema", c.country, c.currency, c.zone, c.language)


def people(ids: Collection[UUID]) -> dict[UUID, PersonCard]:
    """The public cards of people, by id."""
    rows = User.objects.filter(id__in=ids).values_list("id", "name", "language")
    return {row[0]: PersonCard(*row) for row in rows}


def holders(*, cooperative_id: UUID, office: str, on: date) -> list[PersonCard]:
    """Who holds an office on a day, by name."""
    ids = Office.objects.filter(
        cooperative_id=cooperative_id, name=office, term__contains=on
    ).values_list("user_id", flat=True)
    return sorted(people(list(ids)).values(), key=lambda card: card.name)


def members_with_vote(*, cooperative_id: UUID) -> list[MemberCard]:
    """Everybody who may vote now, by member number."""
    rows = Membership.objects.filter(
        cooperative_id=cooperative_id, state__in=list(VOTING_STATES)
    ).order_by("number")
    return _members(list(rows.select_related("user")), cooperative_id)


def members(*, cooperative_id: UUID) -> list[MemberCard]:
    """The register of members in every state, by member number."""
    rows = Membership.objects.filter(cooperative_id=cooperative_id).order_by("number")
    return _members(list(rows.select_related("user")), cooperative_id)


def _members(rows: Sequence[Membership], cooperative_id: UUID) -> list[MemberCard]:
    workers = dict(
        Worker.objects.filter(cooperative_id=cooperative_id).values_list("user_id", "id")
    )
    return [
        MemberCard(
            row.id, row.user_id, row.number, row.user.name, MembershipState(row.state),
            workers.get(row.user_id),
        )
        for row in rows
    ]  # fmt: skip


def workers(
    *, cooperative_id: UUID, on: date, ids: Collection[UUID] | None = None
) -> list[WorkerCard]:
    """Workers with the skills valid on a day, by name; two queries however many there are."""
    rows = Worker.objects.filter(cooperative_id=cooperative_id)
    rows = rows.filter(active=True) if ids is None else rows.filter(id__in=ids)
    found = list(rows.order_by("name", "id"))
    skills: dict[UUID, set[str]] = defaultdict(set)
    valid = WorkerSkill.objects.filter(
        cooperative_id=cooperative_id, worker__in=found, valid_from__lte=on
    ).exclude(valid_until__lte=on)
    for worker_id, code in valid.values_list("worker_id", "skill__code"):
        skills[worker_id].add(code)
    return [
        WorkerCard(
            w.id, w.user_id, w.name, w.active, w.wanted_minutes_per_week, w.home_lat, w.home_lon,
            w.travels_km, w.joined_on, frozenset(skills[w.id]),
        )
        for w in found
    ]  # fmt: skip


def people_of_workers(*, cooperative_id: UUID, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The persons behind workers, by the worker's id."""
    rows = Worker.objects.filter(cooperative_id=cooperative_id, id__in=ids)
    return dict(rows.values_list("id", "user_id"))


def households(*, cooperative_id: UUID, ids: Collection[UUID] | None = None) -> list[HouseholdCard]:
    """Client accounts with the people who act for them, by name."""
    rows = Household.objects.filter(cooperative_id=cooperative_id)
    if ids is not None:
        rows = rows.filter(id__in=ids)
    return [
        HouseholdCard(h.id, h.name, h.kind, tuple(p.user_id for p in h.people.all()))
        for h in rows.prefetch_related("people").order_by("name", "id")
    ]


def areas(*, cooperative_id: UUID, household_id: UUID | None = None) -> list[AreaCard]:
    """Coarse places, of one household or all."""
    rows = Address.objects.filter(cooperative_id=cooperative_id, active=True)
    if household_id is not None:
        rows = rows.filter(household_id=household_id)
    return [AreaCard(a.id, a.household_id, a.area, a.cell) for a in rows.order_by("area", "id")]


def address(*, cooperative_id: UUID, address_id: UUID) -> AddressCard:
    """A whole address; the caller has asked who may read it. Raises NotFound."""
    row = Address.objects.filter(cooperative_id=cooperative_id, id=address_id).first()
    if row is None:
        raise NotFound("address_unknown", "This address is not known here.")
    return AddressCard(
        row.id, row.household_id, row.lines, row.notes, row.area, row.cell, row.lat, row.lon
    )


def has_consented(*, person_id: UUID, cooperative_id: UUID, purpose: str) -> bool:
    """Her latest word on one purpose."""
    latest = (
        Consent.objects.filter(user_id=person_id, cooperative_id=cooperative_id, purpose=purpose)
        .order_by("-at", "-id")
        .first()
    )
    return bool(latest and latest.given)


def phone_of(person_id: UUID) -> str:
    """The number a message goes to, E.164."""
    return str(User.objects.values_list("phone", flat=True).get(id=person_id))


def email_of(person_id: UUID) -> str:
    """Her e-mail address, or "" when none is known."""
    return User.objects.values_list("email", flat=True).get(id=person_id)


def person_of_phone(phone: str) -> PersonCard | None:
    """Whoever has this number (E.164) and may still sign in."""
    row = User.objects.filter(phone=phone, is_active=True).first()
    return PersonCard(row.id, row.name, row.language) if row else None
