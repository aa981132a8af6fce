"""What a person is, and where: asked once by every page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import DateRangeField
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from coop.kernel import NotFound
from coop.members.models import (
    Cooperative,
    HouseholdPerson,
    Membership,
    Office,
    User,
    Worker,
)
from coop.members.queries.register import card_of
from coop.members.types import VOTING_STATES, CooperativeCard, MemberRef, MembershipState

#: The row's id, what she is, in which cooperative, as which id, a state or name, an office's term.
Row = tuple[UUID, str, UUID, UUID, str, Any]


def cooperatives_of(person_id: UUID) -> list[CooperativeCard]:
    """Where a person works, is a member, holds an office or acts for a household, or once did."""
    ids: set[UUID] = set()
    for model in (Membership, Worker, HouseholdPerson, Office):
        rows = model._default_manager.filter(user_id=person_id)
        ids.update(rows.values_list("cooperative_id", flat=True))
    return [card_of(row) for row in Cooperative.objects.filter(id__in=ids).order_by("name")]


def refs_of(person_id: UUID, *, today: Callable[[str], date]) -> list[MemberRef]:
    """What she is in each cooperative where she stands, by its name; three queries.

    `today` is the day in a zone.
    """
    person = User.objects.filter(id=person_id, is_active=True).first()
    if person is None:
        return []
    rows = defaultdict(list)
    for row in _rows({"user_id": person_id}):
        rows[row[2]].append(row)
    homes = Cooperative.objects.filter(id__in=list(rows)).order_by("name")
    found = [_ref(person, home, rows[home.id], today(home.zone)) for home in homes]
    return [ref for ref in found if ref is not None]


def ref_for(*, person_id: UUID, cooperative_id: UUID, on: date) -> MemberRef:
    """What a person is in a cooperative on a day. Raises NotFound `not_of_this_cooperative`."""
    person = User.objects.filter(id=person_id, is_active=True).first()
    home = Cooperative.objects.filter(id=cooperative_id).first()
    ref = None
    if person is not None and home is not None:
        rows = _rows({"user_id": person_id, "cooperative_id": cooperative_id})
        ref = _ref(person, home, rows, on)
    if ref is None:
        raise NotFound("not_of_this_cooperative", "You do not belong to this cooperative.")
    return ref


def _rows(hers: dict[str, UUID]) -> list[Row]:
    """Her standing in one query; a membership she left and what is not active are not in it."""
    member = Membership.objects.filter(**hers).exclude(state=MembershipState.LEFT)
    worker = Worker.objects.filter(**hers, active=True)
    household = HouseholdPerson.objects.filter(**hers, household__active=True)
    office = Office.objects.filter(**hers)
    rows = _told(member, "member", "id", "state").union(
        _told(worker, "worker", "id"), _told(household, "household", "household_id"),
        _told(office, "office", "id", "name", "term"), all=True,
    )  # fmt: skip
    return sorted(rows, key=lambda row: row[0])


def _told(rows: Any, kind: str, key: str, word: str = "", term: str = "") -> Any:
    told = Cast(F(word), CharField()) if word else Value("", CharField())
    lasts = F(term) if term else Value(None, DateRangeField())
    return rows.order_by().values_list(
        "id", Value(kind, CharField()), "cooperative_id", key, told, Cast(lasts, DateRangeField())
    )


def _ref(person: User, home: Cooperative, rows: Iterable[Row], on: date) -> MemberRef | None:
    ids: dict[str, UUID] = {}
    state, offices = "", set()
    for _id, kind, _home, key, word, term in rows:
        if kind == "office":
            offices |= {word} if on in term else set()
            continue
        ids.setdefault(kind, key)
        state = word if kind == "member" else state
    if not (ids or offices):
        return None
    return MemberRef(
        home.id, person.id, person.name, home.country, home.currency, home.zone, person.language,
        membership_id=ids.get("member"), worker_id=ids.get("worker"),
        household_id=ids.get("household"), offices=frozenset(offices),
        can_vote=state in VOTING_STATES,
    )  # fmt: skip
