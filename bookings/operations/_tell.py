"""Who hears of a change: hints to open pages, and notices that carry no more than they must."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime
from django.utils import translation
from django.utils.translation import gettext

from bookings.models import Booking, Offer
from coop.kernel import Money, TimeRange
from coop.members import queries as members
from coop.members.types import MemberRef
from coop.notices import operations as notices
from coop.notices.types import Letter
from coop.realtime import changed, office_group, person_group


def hint(row: Booking, *, also: tuple[UUID, ...] = ()) -> None:
    """Tell the open pages of the household, its worker, the desk and `also` workers."""
    workers = [w for w in (row.worker_id, *also) if w is not None]
    people = [*household_people(row), *people_of(row.cooperative_id, workers).values()]
    groups = [person_group(person) for person in people]
    groups.append(office_group(row.cooperative_id, "coordinator"))
    changed(groups=groups, what="booking", id=row.id, version=row.version)


def hint_offer(offer: Offer, person_id: UUID) -> None:
    changed(groups=[person_group(person_id)], what="offer", id=offer.id)


def household_people(row: Booking) -> tuple[UUID, ...]:
    found = members.households(cooperative_id=row.cooperative_id, ids=[row.household_id])
    return found[0].people if found else ()


def people_of(cooperative_id: UUID, worker_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The persons behind workers."""
    return members.people_of_workers(cooperative_id=cooperative_id, ids=worker_ids)


def notify_worker(
    by: MemberRef, at: datetime, row: Booking, worker_id: UUID, template: str, key: str,
    more: Mapping[str, str | Money] | None = None,
) -> None:  # fmt: skip
    person = people_of(row.cooperative_id, [worker_id])[worker_id]
    notify_people(by, at, row, template, {person: key}, more)


def notify_household(
    by: MemberRef, at: datetime, row: Booking, template: str, key: str,
    more: Mapping[str, str | Money] | None = None,
) -> None:  # fmt: skip
    keys = {person: f"{key}:{person}" for person in household_people(row)}
    notify_people(by, at, row, template, keys, more)


def notify_office(by: MemberRef, at: datetime, row: Booking, template: str, key: str) -> None:
    """Tell everybody who is coordinator on this day."""
    day = at.astimezone(ZoneInfo(by.zone)).date()
    here = row.cooperative_id
    cards = members.holders(cooperative_id=here, office="coordinator", on=day)
    notify_people(by, at, row, template, {card.id: f"{key}:{card.id}" for card in cards})


def notify_people(
    by: MemberRef, at: datetime, row: Booking, template: str, keys: Mapping[UUID, str],
    more: Mapping[str, str | Money] | None = None,
) -> None:  # fmt: skip
    """Tell each of these persons of the visit, once by her key."""
    if not keys:
        return
    cards = members.people(keys)
    letters = [
        Letter(person, key, {**_said(row, by.zone, cards[person].language), **(more or {})})
        for person, key in keys.items()
    ]
    notices.notify_each(by=by, at=at, template=template, letters=letters)


def _said(row: Booking, zone: str, language: str) -> dict[str, str]:
    return {
        "service": _named(row.service.name, language),
        "when": said_time(row.during.lower, zone, language),
        "area": row.address.area,
        "booking": str(row.id),
    }


def said_time(instant: datetime, zone: str, language: str) -> str:
    """A day and hour of the place, short enough for an SMS."""
    local = instant.astimezone(ZoneInfo(zone))
    return str(format_datetime(local, "EEE d MMM HH:mm", locale=_habits(language)))


@cache
def _habits(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def said_span(during: TimeRange, zone: str) -> str:
    """Hours by the wall clock of the place: "09:00–13:00"."""
    place = ZoneInfo(zone)
    return "–".join(f"{i.astimezone(place):%H:%M}" for i in (during.start, during.end))


def _named(name: str, language: str) -> str:
    with translation.override(language):
        return gettext(name)
