"""What the front door asks."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from coop.home.types import DemonstrationPerson, PublicRules
from coop.members import queries as members
from coop.members.types import CooperativeCard, OfficeName
from coop.outbox import queries as outbox
from governance import queries as governance

#: How many workers and households are offered for signing in.
SHOWN = 3


def demonstration_people() -> list[DemonstrationPerson]:
    """Somebody for each role of every cooperative here, the offices first."""
    return [person for card in members.cooperatives() for person in _people(card)]


def public_rules() -> list[PublicRules]:
    """What holds today in each cooperative here, as its members decided it; empty ones left out."""
    found = []
    for card in members.cooperatives():
        today = timezone.now().astimezone(ZoneInfo(card.zone)).date()
        rules = governance.rules_in_force(cooperative_id=card.id, on=today)
        if rules:
            found.append(PublicRules(card.name, tuple(rules)))
    return found


def _people(card: CooperativeCard) -> list[DemonstrationPerson]:
    today = timezone.localdate()
    found = [
        (office.value, holder.id, holder.name)
        for office in OfficeName
        for holder in members.holders(cooperative_id=card.id, office=office, on=today)
    ]
    workers = members.workers(cooperative_id=card.id, on=today)[:SHOWN]
    found += [("worker", worker.person_id, worker.name) for worker in workers]
    for household in members.households(cooperative_id=card.id)[:SHOWN]:
        found += [("household", person, household.name) for person in household.people[:1]]
    return [
        DemonstrationPerson(person_id, card.id, card.name, role.replace("_", " "), name)
        for role, person_id, name in found
    ]


def late_promises(at: datetime) -> list[str]:
    """What was due at a moment, or failed before it and is put off: key and last error."""
    return [f"{key}: {error}" for key, error in outbox.unsettled(at=at)]
