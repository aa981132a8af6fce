"""Messages on pages, phones on the screen, and what a provider may tell us."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from coop.members import queries as members
from coop.members.models import User
from coop.members.types import MemberRef
from coop.notices.models import InboundSms, Notice
from coop.notices.operations import notify
from coop.outbox.operations import run_due
from tests.factories import Town, found_town, make_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return found_town()


@pytest.fixture
def nomsa(town: Town) -> MemberRef:
    return make_worker(town, "Nomsa")


def person(ref: MemberRef) -> UUID:
    assert ref.person_id
    return ref.person_id


def enter(client: Client, ref: MemberRef) -> None:
    client.force_login(
        User.objects.get(id=person(ref)), "django.contrib.auth.backends.ModelBackend"
    )


def tell(town: Town, to: MemberRef, key: str = "k") -> None:
    notify(
        by=town.system, at=town.at, to=person(to), template="test_offer",
        context={"when": "Tue 3 Mar", "code": "7K2"}, key=key,
    )  # fmt: skip
    run_due(at=town.at)


def test_she_reads_her_messages_and_nobody_elses(
    client: Client, town: Town, nomsa: MemberRef
) -> None:
    elsewhere = found_town()
    stranger = make_worker(elsewhere, "Stranger")
    tell(elsewhere, stranger, "theirs")
    tell(town, nomsa)
    enter(client, nomsa)
    page = client.get("/inbox/").content.decode()
    assert page.count("Cleaning Tue 3 Mar. Answer YES 7K2.") == 1
    assert client.get("/api/notices/inbox").json()[0]["is_read"] is False
    assert client.post("/inbox/read").status_code == 302
    assert client.get("/api/notices/inbox").json()[0]["is_read"] is True
    assert Notice.objects.get(key="theirs").state == "sent"
    assert "I have read these" not in client.get("/inbox/").content.decode()


def test_a_visitor_is_led_to_the_sign_in_page(client: Client) -> None:
    assert client.get("/inbox/")["Location"] == "/account/login/?next=/inbox/"
    assert client.post("/inbox/read").status_code == 302


def test_only_those_who_watch_over_it_see_the_counts(
    client: Client, town: Town, nomsa: MemberRef
) -> None:
    tell(town, nomsa)
    enter(client, nomsa)
    assert client.get("/api/notices/counts").status_code == 404
    enter(client, town.officer("board"))
    assert client.get("/api/notices/counts").json()["sent"] == 1
    enter(client, found_town().officer("board"))
    assert client.get("/api/notices/counts").json()["sent"] == 0


def test_a_phone_on_the_screen_shows_and_answers(
    client: Client, town: Town, nomsa: MemberRef
) -> None:
    number = members.phone_of(person(nomsa))
    tell(town, nomsa)
    assert "Nomsa" in client.get("/phone/").content.decode()
    page = client.get("/phone/", {"number": number})
    assert "Answer YES 7K2." in page.content.decode()
    form = {"number": number, "once": page.context["once"], "text": "help"}
    for _ in range(2):
        answer = client.post("/phone/answer", form)
    assert InboundSms.objects.count() == 1
    run_due(at=InboundSms.objects.get().at)
    assert "You can answer: HELP" in client.get(answer["Location"]).content.decode()


def test_there_are_no_phones_where_real_people_are_served(
    client: Client, town: Town, nomsa: MemberRef, settings: Settings
) -> None:
    settings.LETSEMA_DEMO = False
    number = members.phone_of(person(nomsa))
    assert client.get("/phone/").status_code == 404
    assert client.get("/phone/", {"number": number}).status_code == 404
    form = {"number": number, "once": "a", "text": "help"}
    assert client.post("/phone/answer", form).status_code == 404
    assert not InboundSms.objects.exists()


@pytest.fixture
def provider(client: Client, settings: Settings) -> Any:
    settings.SMS_TOKEN = "shared-secret"

    def send(body: Any, secret: str = "shared-secret") -> HttpResponse:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.post(  # type: ignore[return-value]
            "/webhooks/sms", raw, content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )  # fmt: skip

    return send


def inbound(number: str, id: str = "p1") -> dict[str, str]:
    return {"type": "inbound", "id": id, "from": number, "text": "help"}


def test_a_text_comes_in_over_the_providers_webhook_once(
    provider: Any, town: Town, nomsa: MemberRef
) -> None:
    for _ in range(5):
        assert provider(inbound(members.phone_of(person(nomsa)))).status_code == 200
    assert InboundSms.objects.get().person_id == person(nomsa)


def test_a_receipt_delivers_and_one_of_nobodys_is_no_trouble(
    provider: Any, town: Town, nomsa: MemberRef
) -> None:
    tell(town, nomsa)
    sent = Notice.objects.get().attempts.get().provider_id
    event = {"type": "receipt", "id": sent, "status": "delivered"}
    assert provider(event).status_code == 200
    assert Notice.objects.get().state == "delivered"
    assert provider({**event, "id": "unknown"}).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"\xff\xfe", b'{"type": "inbound"}', b"9" * 20_000,
        b'{"type":"inbound","id":"a","from":"0821","text":"x"}',
        b'{"type":"inbound","id":"a","from":"+27820000001","text":"\\u0000"}',
        b'{"type":"receipt","id":"a","status":"lost"}', b'{"type":"other","id":"a"}',
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_400_and_leaves_no_trace(
    provider: Any, town: Town, body: bytes
) -> None:
    assert provider(body).status_code == 400
    assert not InboundSms.objects.exists()


@pytest.mark.parametrize("secret", ["", "wrong", "shared-secret "])
def test_a_forged_event_is_400_and_leaves_no_trace(provider: Any, town: Town, secret: str) -> None:
    assert provider(inbound("+27820000001"), secret + "x").status_code == 400
    assert not InboundSms.objects.exists()


def test_without_a_shared_secret_the_webhook_takes_nothing(
    client: Client, town: Town, settings: Settings
) -> None:
    settings.SMS_TOKEN = ""
    answer = client.post(
        "/webhooks/sms", inbound("+27820000001"), content_type="application/json",
        headers={"Authorization": "Bearer "},
    )  # fmt: skip
    assert answer.status_code == 400
    assert not InboundSms.objects.exists()
