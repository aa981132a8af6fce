"""Prove I1 to I12 on a live database and name the rows that break them; exit 1 when one does."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from coop.audit.types import Check
from coop.kernel import RuleBroken
from coop.members import queries as members
from payments.charges import queries as charges

#: Each app's queries answer for its own invariants; an app without the question has none yet.
APPS = (
    "coop.outbox", "coop.notices", "governance", "bookings", "payments.ledger",
    "payments.charges", "payments.payroll", "payments.surplus",
)  # fmt: skip
#: What each promise says, in the words of the domain.
PROMISES = {
    "I1": "every entry sums to nothing in its currency, and so does the whole",
    "I2": "each capture at the provider is one entry, and the reverse",
    "I3": "each visit has one set of hours, each paid hour one payslip, never below the floor",
    "I4": "contributions on payslips = payable = remitted = filed",
    "I5": "no worker is in two places, no offer has two winners",
    "I6": "what was acknowledged is here exactly once",
    "I7": "nothing was asked outside without a stored intent, and no intent acted twice",
    "I8": "the quote's lines sum to the charge, refunds stay within captures",
    "I9": "one member, one counted vote, and the count comes out the same again",
    "I10": "every rule was decided or founded, and none reaches back",
    "I11": "the shares of a surplus sum to the surplus",
    "I12": "an address is read only from acceptance to two hours after the visit",
}
EVERYBODY = "everybody"
#: How far back the provider's journal is read, unless told.
DAYS = 40


def asked() -> list[str]:
    """The apps that can answer for their invariants."""
    found = [app for app in APPS if find_spec(f"{app}.queries")]
    return [app for app in found if hasattr(import_module(f"{app}.queries"), "checks")]


class Command(BaseCommand):
    help = "Prove what must always hold (I1-I12) and name the rows that break it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--provider", action="store_true",
            help="also hold the books against the card provider's own journal",
        )  # fmt: skip
        parser.add_argument(
            "--since", metavar="DAY", type=_day, default=_lately(),
            help=f"how far back in that journal: a day, or 'founding' (usual: {DAYS} days)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        apps = asked()
        found = _ask(apps)
        if options["provider"]:
            found += _ask_provider(options["since"])
        broken = [(slug, breach) for slug, one in found for breach in one.breaches]
        silent = [name for name in PROMISES if not any(one.invariant == name for _, one in found)]
        if options["json"]:
            self.stdout.write(json.dumps(_answer(apps, found)))
        else:
            self._say(found)
            if silent:
                self.stdout.write(f"Nobody was asked about {', '.join(silent)}.")
        if broken:
            raise SystemExit(1)

    def _say(self, found: list[tuple[str, Check]]) -> None:
        for name, words in PROMISES.items():
            of = [one for _, one in found if one.invariant == name]
            breaches = [(slug, b) for slug, x in found if x.invariant == name for b in x.breaches]
            verdict = f"{len(breaches)} broken" if breaches else "holds"
            self.stdout.write(f"{name}: {_counted(of)}: {verdict} ({words})")
            for slug, breach in breaches:
                self.stdout.write(f"  {slug}: {name} is broken: {breach.what} ({breach.id})")
        if not any(one.breaches for _, one in found):
            here = len({slug for slug, _ in found} - {EVERYBODY})
            self.stdout.write(f"All holds in {here} cooperative{'' if here == 1 else 's'}.")


def _ask(apps: list[str]) -> list[tuple[str, Check]]:
    """Each cooperative for itself, then what belongs to none."""
    doors = [import_module(f"{app}.queries") for app in apps]
    found = [
        (card.slug, one)
        for card in members.cooperatives()
        for door in doors
        for one in door.checks(cooperative_id=card.id)
    ]
    whole = [door for door in doors if hasattr(door, "checks_of_everybody")]
    return found + [(EVERYBODY, one) for door in whole for one in door.checks_of_everybody()]


def _lately() -> datetime:
    """Refunds and captures of the last weeks; what is older was looked at then."""
    return timezone.now() - timedelta(days=DAYS)


def _day(said: str) -> datetime | None:
    """The beginning of that day in UTC; None for the founding, which is before everything."""
    if said == "founding":
        return None
    try:
        return datetime.combine(date.fromisoformat(said), time(), tzinfo=UTC)
    except ValueError as error:
        raise ArgumentTypeError("write a day as 2026-03-01, or 'founding'") from error


def _ask_provider(since: datetime | None) -> list[tuple[str, Check]]:
    try:
        moves = charges.provider_journal(since=since)
        found = [
            (card.slug, one)
            for card in members.cooperatives()
            for one in charges.provider_checks(cooperative_id=card.id, moves=moves, since=since)
        ]
    except RuleBroken as silent:
        raise CommandError(silent.message) from silent
    return found + [(EVERYBODY, one) for one in charges.provider_checks_of_everybody(moves=moves)]


def _counted(of: list[Check]) -> str:
    """How many rows were looked at, by what they are."""
    sums: dict[str, int] = {}
    for one in of:
        sums[one.rows] = sums.get(one.rows, 0) + one.looked_at
    return ", ".join(f"{count} {rows}" for rows, count in sums.items()) or "nobody was asked"


def _answer(apps: list[str], found: list[tuple[str, Check]]) -> dict[str, Any]:
    return {
        "holds": not any(one.breaches for _, one in found),
        "asked": apps,
        "looked_at": {
            name: _counted([one for _, one in found if one.invariant == name])
            for name in PROMISES
        },
        "breaches": [
            {"cooperative": slug, "invariant": b.invariant, "what": b.what, "id": b.id}
            for slug, one in found
            for b in one.breaches
        ],
    }  # fmt: skip
