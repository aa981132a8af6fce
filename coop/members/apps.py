"""Wiring."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class OfficeConfig(admin.AdminConfig):
    """The admin as the office's rooms."""

    default = False
    default_site = "coop.members.access.office.OfficeSite"


class MembersConfig(AppConfig):
    default = True
    name = "coop.members"
    label = "members"
    verbose_name = "Members"

    def ready(self) -> None:
        for module in ("policies", "reactions", "tasks"):
            if find_spec(f"{self.name}.{module}"):
                import_module(f"{self.name}.{module}")
