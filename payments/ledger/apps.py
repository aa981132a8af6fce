"""Wiring."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class PaymentsLedgerConfig(AppConfig):
    name = "payments.ledger"
    label = "payments_ledger"
    verbose_name = "Ledger"

    def ready(self) -> None:
        for module in ("policies", "reactions", "tasks"):
            if find_spec(f"{self.name}.{module}"):
                import_module(f"{self.name}.{module}")
