"""One pair of furnished towns for all of these tests; each test stands in a savepoint of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings

from coop.members.models import User
from tests.tenancy.towns import NOW, ROLES, Furnished, furnish


@dataclass
class Pair:
    """Two cooperatives, and a signed-in browser for everybody: ("here", "worker")."""

    here: Furnished
    there: Furnished
    clients: dict[tuple[str, str], Client] = field(default_factory=dict)

    def client(self, where: str, role: str) -> Client:
        if (where, role) not in self.clients:
            self.clients[where, role] = self._enter(where, role)
        return self.clients[where, role]

    def _enter(self, where: str, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role != "visitor":
            town: Furnished = getattr(self, where)
            person = User.objects.get(id=town.people[role])
            client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client


@pytest.fixture
def _django_db_helper() -> None:
    """The marker only asks for the database here: it would close the connection the towns are on."""


@pytest.fixture(scope="package")
def towns(django_db_setup: None, django_db_blocker: Any) -> Iterator[Pair]:
    """Built once and rolled back at the end; the demonstration's doors are shut."""
    with (
        django_db_blocker.unblock(), time_machine.travel(NOW, tick=False),
        override_settings(LETSEMA_DEMO=False), transaction.atomic(),
    ):  # fmt: skip
        pair = Pair(furnish("Asterine"), furnish("Birchine"))
        for role in ROLES:
            for where in ("here", "there"):
                pair.client(where, role)
        yield pair
        transaction.set_rollback(True)


@pytest.fixture
def pair(towns: Pair, django_db_blocker: Any) -> Iterator[Pair]:
    """The towns as they were furnished, whatever the test before did."""
    with transaction.atomic():
        yield towns
        transaction.set_rollback(True)
