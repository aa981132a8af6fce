"""Compute a payslip again and show the kept and the new figures line by line."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from coop.kernel import NotFound, RuleBroken
from coop.members import queries as members
from payments.payroll import queries
from payments.payroll.types import Replay


class Command(BaseCommand):
    help = "Compute a payslip again from its hours, kept terms and law; exit 1 when a cent differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("payslip", type=UUID, help="the payslip's id")

    def handle(self, *args: Any, **options: Any) -> None:
        found = _replayed(options["payslip"])
        names = [*found.kept, *(name for name in found.now if name not in found.kept)]
        width = max(len(name) for name in names)
        for name in names:
            kept, now = found.kept.get(name, "nothing"), found.now.get(name, "nothing")
            mark = "" if kept == now else "  differs"
            self.stdout.write(f"{name:<{width}}  kept {kept:>14}  now {now:>14}{mark}")
        if not found.same:
            self.stdout.write("The payslip does not come out the same again.")
            raise SystemExit(1)
        self.stdout.write("The payslip comes out the same to the cent.")


def _replayed(payslip_id: UUID) -> Replay:
    """The slip of whichever cooperative has it."""
    for card in members.cooperatives():
        try:
            return queries.replay(cooperative_id=card.id, payslip_id=payslip_id)
        except NotFound:
            continue
        except RuleBroken as refused:
            raise CommandError(f"It cannot be computed again: {refused.message}") from refused
    raise CommandError("No cooperative here has such a payslip.")
