"""The demonstration cooperatives."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from coop.home.management.demo import live
from coop.members import queries as members


class Command(BaseCommand):
    help = "Make two demonstration cooperatives, unless there is a cooperative already."

    def handle(self, *args: Any, **options: Any) -> None:
        if members.cooperatives():
            return
        self.stdout.write("  Making two cooperatives to look around in (some seconds) ...")
        self.stdout.flush()
        for missed in live(timezone.now()):
            self.stdout.write(f"    left out: {missed}")
