"""Wiring."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.utils.translation import gettext

from coop.home.templatetags.letsema import write
from coop.kernel import errors


class HomeConfig(AppConfig):
    name = "coop.home"
    label = "home"
    verbose_name = "Front door"

    def ready(self) -> None:
        errors.say_with(gettext, write)
        for module in ("policies", "reactions", "tasks"):
            if find_spec(f"{self.name}.{module}"):
                import_module(f"{self.name}.{module}")
