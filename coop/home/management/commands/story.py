"""Play the main job on a fresh cooperative and prove the invariants."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from coop.home.management.story import PLACES, Stage, Step, play
from coop.kernel import RuleBroken


class Command(BaseCommand):
    help = "Play the main job, from a wish to the sharing of the surplus, with real law figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--country", choices=sorted(PLACES), default="ZA")
        parser.add_argument("--json", action="store_true", help="one JSON object per step")

    def handle(self, *args: Any, **options: Any) -> None:
        self.as_json = options["json"]
        call_command("migrate", verbosity=0, interactive=False)
        try:
            with Stage(self.hear) as stage:
                play(stage, PLACES[options["country"]])
                call_command(
                    "check_books", json=options["json"], provider=True, since=None,
                    stdout=self.stdout,
                )  # fmt: skip
        except (RuleBroken, AssertionError, RuntimeError) as error:
            code = getattr(error, "code", type(error).__name__)
            raise CommandError(f"The story broke off ({code}): {error}") from error

    def hear(self, step: Step) -> None:
        if self.as_json:
            self.stdout.write(json.dumps({"step": step.title, **step.numbers}, default=str))
            return
        self.stdout.write(self.style.MIGRATE_HEADING(f"\n{step.title}"))
        for name, value in step.numbers.items():
            self._say(name.replace("_", " "), value)
        self.stdout.flush()

    def _say(self, name: str, value: Any) -> None:
        rows = [f"{k}: {v}" for k, v in value.items()] if isinstance(value, dict) else value
        if not isinstance(rows, list):
            self.stdout.write(f"  {name}: {rows}")
            return
        self.stdout.write(f"  {name}:")
        for row in rows:
            self.stdout.write(f"    {row}")
