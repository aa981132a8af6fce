"""The demonstration cooperative."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Make a demonstration cooperative, unless there is a cooperative already."

    def handle(self, *args: Any, **options: Any) -> None:
        return None
