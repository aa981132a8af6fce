"""A sign-in begins a session of its own, and a sign-out ends it everywhere."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from coop.members import queries
from tests.factories import found_town, make_worker
from tests.members.test_sign_in import ask, code_at, is_in

pytestmark = pytest.mark.django_db
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture
def phone() -> str:
    ref = make_worker(found_town(), "Nomsa")
    assert ref.person_id
    return queries.phone_of(ref.person_id)


def with_cookie(value: str) -> Client:
    client = Client()
    client.cookies[COOKIE] = value
    return client


def test_signing_in_changes_the_key_so_that_one_planted_before_opens_nothing(
    client: Client, phone: str
) -> None:
    confirm = ask(client, phone)
    planted = client.cookies[COOKIE].value
    client.post(confirm, {"code": code_at(phone)})
    assert is_in(client)
    assert client.cookies[COOKIE].value != planted
    assert with_cookie(planted).get("/me/").status_code == 302
    assert with_cookie(client.cookies[COOKIE].value).get("/me/").status_code == 200


def test_after_signing_out_a_copied_cookie_opens_nothing(client: Client, phone: str) -> None:
    client.post(ask(client, phone), {"code": code_at(phone)})
    copied = client.cookies[COOKIE].value
    assert with_cookie(copied).get("/me/").status_code == 200
    assert with_cookie(copied).get("/account/logout/").status_code == 200
    assert with_cookie(copied).get("/me/").status_code == 200, "a page alone signs nobody out"
    client.post("/account/logout/")
    assert with_cookie(copied).get("/me/").status_code == 302
    assert with_cookie(copied).get("/api/members/me").status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client, phone: str) -> None:
    client.post(ask(client, phone), {"code": code_at(phone)})
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
