"""A cooperative with people in it."""

from __future__ import annotations

import itertools
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from coop.members import operations, queries
from coop.members.types import MemberRef, OfficeName
from tests.factories.copies import copied

#: Before every other moment of a test: Monday 2 March 2026, 08:00 in Johannesburg.
FOUNDED_AT = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
_phones = itertools.count(1)
_PLACES = {
    "ZA": ("ZAR", "Africa/Johannesburg", "en", "+2782{:07d}", Decimal("-26.19"), Decimal("28.03")),
    "CO": ("COP", "America/Bogota", "es", "+57310{:07d}", Decimal("4.65"), Decimal("-74.06")),
}


@dataclass
class Town:
    """A cooperative and handles to act in it; `at` is when it was founded."""

    id: UUID
    country: str
    at: datetime
    lat: Decimal
    lon: Decimal
    offices: dict[str, UUID] = field(default_factory=dict)

    @property
    def system(self) -> MemberRef:
        return queries.system_ref(self.id)

    def ref(self, person_id: UUID, on: date | None = None) -> MemberRef:
        return queries.ref_for(person_id=person_id, cooperative_id=self.id, on=on or self.at.date())

    def officer(self, office: str) -> MemberRef:
        return self.ref(self.offices[office])


def next_phone(country: str) -> str:
    return _PLACES[country][3].format(next(_phones) % 8_000_000 + 1_000_000)


def another(key: Hashable, country: str) -> Any:
    """A copy of what was kept under the key, with phones and a slug nobody has; None without it."""
    return copied(key, lambda: next_phone(country), lambda: f"coop-{next(_phones)}")


def found_town(country: str = "ZA", slug: str = "", at: datetime = FOUNDED_AT) -> Town:
    """A cooperative with a coordinator, two of the board (b too), a treasurer and an auditor."""
    if not slug and at == FOUNDED_AT:
        made = another(("town", country), country)
        if made is not None:
            return cast(Town, made)
    currency, zone, language, _, lat, lon = _PLACES[country]
    cooperative_id = operations.found_cooperative(
        at=at, slug=slug or f"coop-{next(_phones)}", name=f"Cooperative {slug or country}",
        country=country, currency=currency, zone=zone, language=language, founded_on=at.date(),
    )  # fmt: skip
    town = Town(cooperative_id, country, at, lat, lon)
    held = [
        ("coordinator", OfficeName.COORDINATOR), ("board", OfficeName.BOARD),
        ("board_b", OfficeName.BOARD), ("treasurer", OfficeName.TREASURER),
        ("election_committee", OfficeName.ELECTION_COMMITTEE), ("auditor", OfficeName.AUDITOR),
    ]  # fmt: skip
    for key, office in held:
        person = make_member(town, name=key.replace("_", " ").title())
        operations.appoint(
            by=town.system, at=at, person_id=person, office=office,
            from_on=at.date(), until_on=date(at.year + 4, 1, 1), source="founding charter",
        )  # fmt: skip
        town.offices[key] = person
    return town


def make_member(town: Town, name: str = "Member") -> UUID:
    """A person with a vote; her person id."""
    person = operations.known_person(phone=next_phone(town.country), name=name)
    membership = operations.apply_for_membership(by=town.system, at=town.at, person_id=person)
    operations.admit(by=town.system, at=town.at, membership_id=membership, on=town.at.date())
    return person


def make_worker(
    town: Town, name: str = "Worker", skills: tuple[str, ...] = ("cleaning",), member: bool = True
) -> MemberRef:
    """A worker (and member) who lives in the town and has the skills."""
    person = (
        make_member(town, name)
        if member
        else operations.known_person(phone=next_phone(town.country), name=name)
    )
    worker = operations.join_as_worker(
        by=town.system, at=town.at, person_id=person, joined_on=town.at.date(),
        home=(town.lat, town.lon),
    )  # fmt: skip
    for code in skills:
        operations.name_skill(by=town.system, at=town.at, code=code, name=code.title())
        operations.certify_skill(
            by=town.system, at=town.at, worker_id=worker, skill_code=code,
            valid_from=town.at.date(),
        )  # fmt: skip
    return town.ref(person)


def make_household(town: Town, name: str = "Household") -> tuple[MemberRef, UUID]:
    """A household's person and the id of its one address, two kilometres from the workers."""
    person = operations.known_person(phone=next_phone(town.country), name=name)
    household = operations.register_household(
        by=town.system, at=town.at, person_id=person, name=name
    )
    address = operations.add_address(
        by=town.system, at=town.at, household_id=household, lines="12 Fig Street", area="Melville",
        lat=town.lat + Decimal("0.015"), lon=town.lon,
    )  # fmt: skip
    return town.ref(person), address
