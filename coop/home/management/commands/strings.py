"""Bring the catalogues of translations up to date and say what is missing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from coop.home.management import strings


class Command(BaseCommand):
    help = "Gather all strings into coop/locale and list the ones without a translation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail if any lacks")

    def handle(self, *args: Any, **options: Any) -> None:
        found = strings.every_string(settings.BASE_DIR)
        lacking = 0
        for language, name in settings.LANGUAGES:
            if language == settings.LANGUAGE_CODE:
                continue
            path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
            catalog = strings.load(path, language)
            if not options["check"]:
                catalog = strings.merge(catalog, found)
                strings.save(catalog, path)
            without = strings.missing(catalog, found)
            lacking += len(without)
            self.stdout.write(f"{name}: {len(found) - len(without)} of {len(found)} strings")
            for text in without[:20]:
                self.stdout.write(f"  lacks: {text}")
        if options["check"] and lacking:
            raise CommandError(f"{lacking} strings lack a translation.")
