"""Who is in the story, and where it plays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from coop.kernel import TimeRange, ours
from coop.members import operations as members
from coop.members import queries
from coop.members.types import MemberRef, OfficeName

OFFICER_NAMES = {
    "coordinator": "Rosa Mabaso", "chair": "Thandi Khumalo", "treasurer": "Ana Ruiz",
    "teller": "Grace Otieno", "auditor": "Joyce Banda",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the story: its names, its phone numbers and a point in its middle."""

    country: str
    currency: str
    zone: str
    language: str
    cooperative: str
    phones: str
    lat: Decimal
    lon: Decimal
    workers: tuple[str, ...]
    households: tuple[tuple[str, str, str], ...]
    rise: str  # by how much members raise the living-wage floor
    weeks: int = 4  # of the household that has somebody every week
    officers: Mapping[str, str] = field(default_factory=lambda: OFFICER_NAMES)


@dataclass
class Cast:
    """The founded cooperative and handles to everybody in it."""

    place: Place
    id: UUID
    founded_at: datetime
    people: dict[str, UUID] = field(default_factory=dict)
    addresses: dict[str, UUID] = field(default_factory=dict)
    _known: dict[tuple[str, date], MemberRef] = field(default_factory=dict)

    @property
    def system(self) -> MemberRef:
        return queries.system_ref(self.id)

    def ref(self, name: str, on: date | None = None) -> MemberRef:
        """Somebody as the cooperative knows her on a day (the founding day unless told)."""
        day = on or self.founded_at.date()
        if (name, day) not in self._known:
            self._known[name, day] = queries.ref_for(
                person_id=self.people[name], cooperative_id=self.id, on=day
            )
        return self._known[name, day]

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A wall-clock moment of the place, in UTC."""
        wall = datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(self.place.zone))
        return wall.astimezone(UTC)

    def during(self, day: date, start: int, end: int) -> TimeRange:
        return TimeRange(self.at(day, start), self.at(day, end))


OFFICES = {
    "coordinator": OfficeName.COORDINATOR,
    "chair": OfficeName.BOARD,
    "treasurer": OfficeName.TREASURER,
    "teller": OfficeName.ELECTION_COMMITTEE,
    "auditor": OfficeName.AUDITOR,
}
SKILLS = (
    ("cleaning", "Cleaning"), ("cooking", "Cooking"),
    ("elder-care", "Elder care"), ("child-care", "Child care"),
)  # fmt: skip


def gather(place: Place, slug: str, at: datetime) -> Cast:
    """Found the cooperative and let everybody join by the real operations."""
    on = at.astimezone(ZoneInfo(place.zone)).date()
    cooperative_id = members.found_cooperative(
        at=at, slug=slug, name=place.cooperative, country=place.country, currency=place.currency,
        zone=place.zone, language=place.language, founded_on=on,
    )  # fmt: skip
    cast = Cast(place, cooperative_id, at)
    for key, office in OFFICES.items():
        _member(cast, key, place.officers[key], on)
        members.appoint(
            by=cast.system, at=at, person_id=cast.people[key], office=office, from_on=on,
            until_on=on.replace(year=on.year + 3), source=ours("founding charter"),
        )  # fmt: skip
    for code, name in SKILLS:
        members.name_skill(by=cast.system, at=at, code=code, name=name)
    for number, name in enumerate(place.workers):
        _worker(cast, name, number, on)
    for number, (name, lines, area) in enumerate(place.households):
        _household(cast, name, lines, area, number)
    return cast


def _phone(cast: Cast) -> str:
    return cast.place.phones.format(len(cast.people) + 1)


def _member(cast: Cast, key: str, name: str, on: date) -> None:
    person = members.known_person(phone=_phone(cast), name=name, language=cast.place.language)
    cast.people[key] = person
    asked = members.apply_for_membership(by=cast.system, at=cast.founded_at, person_id=person)
    members.admit(by=cast.system, at=cast.founded_at, membership_id=asked, on=on)


def _worker(cast: Cast, name: str, number: int, on: date) -> None:
    _member(cast, name, name, on)
    near = Decimal(number) / 250
    worker = members.join_as_worker(
        by=cast.system, at=cast.founded_at, person_id=cast.people[name], joined_on=on,
        wanted_minutes_per_week=(1200, 1800, 2400)[number % 3],
        home=(cast.place.lat + near, cast.place.lon - near), travels_km=20,
    )  # fmt: skip
    for code, _ in SKILLS[: 2 + number % 3]:
        members.certify_skill(
            by=cast.system, at=cast.founded_at, worker_id=worker, skill_code=code, valid_from=on
        )


def _household(cast: Cast, name: str, lines: str, area: str, number: int) -> None:
    person = members.known_person(phone=_phone(cast), name=name, language=cast.place.language)
    cast.people[name] = person
    household = members.register_household(
        by=cast.system, at=cast.founded_at, person_id=person, name=name
    )
    cast.addresses[name] = members.add_address(
        by=cast.system, at=cast.founded_at, household_id=household, lines=lines, area=area,
        lat=cast.place.lat + Decimal(number + 1) / 100, lon=cast.place.lon,
    )  # fmt: skip
