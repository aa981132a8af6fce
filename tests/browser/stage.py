"""The town every page is looked at in: furnished by each app's rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from coop.members.models import User
from tests.browser.pages import APPS
from tests.browser.servers import Served
from tests.factories import Town, found_town, make_household, make_worker


@dataclass
class Stage:
    """Who is in town, by role, and the ids the rows need to build addresses."""

    town: Town
    now: datetime
    people: dict[str, UUID] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    served: Served = field(default_factory=lambda: Served("", ""))


def set_the_stage() -> Stage:
    """A cooperative of March 2026, a worker, a household, its officers; then every app furnishes it.

    What is over happened in March and April 2026, under the law of those days; what is to come is
    counted from now.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    town = found_town(slug="stage")
    household, address = make_household(town, "Dlamini")
    worker = make_worker(town, "Thandi Mokoena")
    stage = Stage(town, now)
    stage.people = {**town.offices, "member": town.offices["auditor"]}
    for role, ref in (("household", household), ("worker", worker)):
        assert ref.person_id is not None
        stage.people[role] = ref.person_id
    stage.ids |= {
        "address": address, "worker": worker.worker_id,
    }  # fmt: skip
    for app in APPS:
        furnish = getattr(import_module(f"tests.browser.pages.{app}"), "furnish", None)
        if furnish is not None:
            furnish(stage)
    return stage


def signed_in_cookie(person_id: UUID, url: str) -> dict[str, str]:
    """A session of that person, as her browser would carry it."""
    user = User.objects.get(id=person_id)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": url}
