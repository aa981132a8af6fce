"""Prove I1 to I12 on a live database and name the rows that break them; exit 1 when one does."""

from __future__ import annotations

import json
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from coop.audit.types import Breach
from coop.members import queries as members

#: Each app's queries answer for its own invariants; an app without the question has none yet.
APPS = (
    "coop.outbox", "governance", "bookings", "payments.ledger", "payments.charges",
    "payments.payroll", "payments.surplus",
)  # fmt: skip


def asked() -> list[str]:
    """The apps that can answer for their invariants."""
    found = [app for app in APPS if find_spec(f"{app}.queries")]
    return [app for app in found if hasattr(import_module(f"{app}.queries"), "breaches")]


class Command(BaseCommand):
    help = "Prove what must always hold (I1-I12) and name the rows that break it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        apps = asked()
        found: dict[str, list[Breach]] = {
            card.slug: [
                breach
                for app in apps
                for breach in import_module(f"{app}.queries").breaches(cooperative_id=card.id)
            ]
            for card in members.cooperatives()
        }
        silent = [app for app in APPS if app not in apps]
        broken = [(slug, breach) for slug, breaches in found.items() for breach in breaches]
        if options["json"]:
            rows = [
                {"cooperative": slug, "invariant": b.invariant, "what": b.what, "id": b.id}
                for slug, b in broken
            ]
            answer = {"holds": not broken, "asked": apps, "silent": silent, "breaches": rows}
            self.stdout.write(json.dumps(answer))
        else:
            for slug, b in broken:
                self.stdout.write(f"{slug}: {b.invariant} is broken: {b.what} ({b.id})")
            if not broken:
                self.stdout.write(
                    f"All holds in {len(found)} cooperatives; asked {len(apps)} apps."
                )
            if silent:
                self.stdout.write(
                    f"Not asked, because they do not answer yet: {', '.join(silent)}."
                )
        if broken:
            raise SystemExit(1)
