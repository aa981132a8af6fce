"""The front door: what everybody may see, who is led where, and what stays shut."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from coop.outbox import tasks
from tests.factories.people import Town, found_town, make_worker

pytestmark = pytest.mark.django_db
INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*(?:\ssrc=|application/json))|\son\w+=", re.IGNORECASE
)


@pytest.fixture
def town() -> Town:
    return found_town("ZA", slug="cape")


@pytest.mark.parametrize(
    "path", ["/", "/style/", "/nowhere/", "/account/login/", "/account/signup/"]
)
def test_no_page_carries_what_the_content_policy_blocks(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert INLINE.findall(page) == []
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert page.count("<h1") >= 1


def test_the_first_page_has_two_doors(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "I need help at home" in page
    assert "I work here" in page


def test_a_page_that_does_not_exist_says_what_now(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert b"There is nothing here" in answer.content


def test_in_the_demonstration_one_signs_in_as_anybody(client: Client, town: Town) -> None:
    person = town.offices["treasurer"]
    assert f"/me/sign-in-as/{person}" in client.get("/").content.decode()
    assert client.post(f"/me/sign-in-as/{person}").status_code == 302
    assert client.session["_auth_user_id"] == str(person)
    assert b"Sign out" in client.get("/").content


def test_looking_at_the_address_signs_nobody_in(client: Client, town: Town) -> None:
    assert client.get(f"/me/sign-in-as/{town.offices['treasurer']}").status_code == 405
    assert "_auth_user_id" not in client.session


def test_with_real_people_nobody_signs_in_as_another(
    client: Client, town: Town, settings: Settings
) -> None:
    settings.LETSEMA_DEMO = False
    person = town.offices["treasurer"]
    assert client.post(f"/me/sign-in-as/{person}").status_code == 404
    assert "_auth_user_id" not in client.session
    assert str(person) not in client.get("/").content.decode()
    assert client.get("/style/").status_code == 404


def test_health_tells_alive_from_ready(client: Client) -> None:
    assert client.get("/health/live/").json() == {"live": True}
    cache.delete("letsema-ticked")
    answers = {"database": True, "cache": True}
    assert client.get("/health/ready/").json() == answers | {"worker": False}
    tasks.tick()
    assert client.get("/health/ready/").json() == answers | {"worker": True}


@pytest.mark.parametrize(
    "said", ["", "Bearer ", "Bearer None", "Bearer wrong", "secret-of-metrics"]
)
def test_figures_of_the_machinery_are_only_for_who_brings_the_token(
    client: Client, settings: Settings, said: str
) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": said}).status_code == 404
    settings.METRICS_TOKEN = "secret-of-metrics"
    assert client.get("/metrics", headers={"Authorization": said}).status_code == 404
    told = client.get("/metrics", headers={"Authorization": "Bearer secret-of-metrics"})
    assert told.status_code == 200
    assert b"django_http_requests_total" in told.content


def test_the_language_is_chosen_and_kept(client: Client) -> None:
    assert client.post("/language/", {"language": "es", "next": "/"}).status_code == 302
    assert '<html lang="es">' in client.get("/").content.decode()


def test_a_stranger_is_led_from_home_to_the_first_page(client: Client) -> None:
    assert client.get("/home/").headers["Location"] == "/"


def test_officers_find_the_way_to_the_records_and_nobody_else(client: Client, town: Town) -> None:
    def way() -> bool:
        return 'href="/admin/"' in client.get("/").content.decode()

    assert not way()
    for office in ("board", "treasurer", "auditor"):
        client.post(f"/me/sign-in-as/{town.offices[office]}")
        assert way(), office
        assert client.get("/admin/").status_code == 200
    client.post(f"/me/sign-in-as/{make_worker(town).person_id}")
    assert not way()
    assert client.get("/admin/").status_code == 404
