"""Wiring."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class CoopOutboxConfig(AppConfig):
    name = "coop.outbox"
    label = "coop_outbox"
    verbose_name = "Promises"

    def ready(self) -> None:
        import_module("coop.celery")  # so that every process knows the broker it pokes
        for module in ("policies", "reactions", "tasks"):
            if find_spec(f"{self.name}.{module}"):
                import_module(f"{self.name}.{module}")
