"""Compile the translations."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from coop.embedded.translations import compile_translations


class Command(BaseCommand):
    help = "Compile the translations (needs no gettext programs)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{compile_translations(settings.LOCALE_PATHS)} compiled.")
