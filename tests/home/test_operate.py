"""The machine room: who enters, and what a person can do about what failed."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.test import Client

from coop.members.models import User
from coop.outbox import queries
from coop.outbox.models import Promise
from tests.factories import Town, found_town

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


def dead(town: Town) -> UUID:
    return Promise.objects.create(
        key=f"test:{uuid4()}", effect="test.fails", payload={}, due_at=AT, promised_at=AT,
        cooperative_id=town.id, state=Promise.State.DEAD, tries=9, last_error="No answer.",
    ).id  # fmt: skip


def enter(client: Client, town: Town, office: str) -> Client:
    client.force_login(User.objects.get(id=town.offices[office]))
    return client


def test_what_failed_is_shown_with_its_error_and_can_be_tried_again(client: Client) -> None:
    town = found_town()
    letter = dead(town)
    page = enter(client, town, "coordinator").get("/operate/").content.decode()
    assert "No answer." in page
    assert client.post(f"/operate/{letter}", {"verb": "retry"}).status_code == 302
    assert Promise.objects.get(id=letter).state == Promise.State.WAITING


def test_giving_up_needs_a_reason(client: Client) -> None:
    town = found_town()
    letter = dead(town)
    enter(client, town, "coordinator")
    assert client.post(f"/operate/{letter}", {"verb": "drop", "reason": " "}).status_code == 400
    assert Promise.objects.get(id=letter).state == Promise.State.DEAD
    client.post(f"/operate/{letter}", {"verb": "drop", "reason": "The number is gone."})
    assert Promise.objects.get(id=letter).state == Promise.State.DROPPED


def test_another_cooperatives_letters_do_not_exist(client: Client) -> None:
    town, other = found_town(slug="a"), found_town(slug="b")
    letter = dead(other)
    enter(client, town, "coordinator")
    assert "No answer." not in client.get("/operate/").content.decode()
    seen = queries.health(cooperative_id=town.id, at=AT)
    assert (seen.dead, queries.health(cooperative_id=other.id, at=AT).dead) == (0, 1)
    assert client.post(f"/operate/{letter}", {"verb": "retry"}).status_code == 404
    assert Promise.objects.get(id=letter).state == Promise.State.DEAD


def test_for_a_treasurer_the_machine_room_does_not_exist(client: Client) -> None:
    town = found_town()
    assert enter(client, town, "treasurer").get("/operate/").status_code == 404
