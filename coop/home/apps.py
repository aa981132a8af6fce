"""Wiring."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "coop.home"
    label = "home"
    verbose_name = "Front door"

    def ready(self) -> None:
        for module in ("policies", "reactions", "tasks"):
            if find_spec(f"{self.name}.{module}"):
                import_module(f"{self.name}.{module}")
