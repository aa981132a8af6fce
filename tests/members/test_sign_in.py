"""A phone number and a code open the door; nothing else does, and nothing is told to strangers."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import Settings

from coop.audit.models import Entry
from coop.members import queries
from coop.members.models import User
from coop.notices.models import PhoneMessage
from tests.factories import Town, found_town, make_worker

pytestmark = pytest.mark.django_db
STRANGER = "+27820099999"


@pytest.fixture
def town() -> Town:
    return found_town()


@pytest.fixture
def phone(town: Town) -> str:
    ref = make_worker(town, "Nomsa")
    assert ref.person_id
    return queries.phone_of(ref.person_id)


def code_at(phone: str) -> str:
    last = PhoneMessage.objects.filter(phone=phone).order_by("-at").first()
    assert last
    found = re.match(r"(\d{6}) is your Letsema code", last.text)
    assert found
    return found[1]


def ask(client: Client, phone: str) -> str:
    answer = client.post("/account/login/", {"login": phone})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer["Location"]


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_code_by_sms_signs_her_in_and_shows_the_phone_is_hers(client: Client, phone: str) -> None:
    confirm = ask(client, phone)
    assert not is_in(client)
    answer = client.post(confirm, {"code": code_at(phone)})
    assert answer["Location"] == "/home/"
    assert is_in(client)
    assert User.objects.get(phone=phone).phone_verified_at is not None


def test_the_number_may_be_typed_as_one_dials_it_at_home(client: Client, phone: str) -> None:
    ask(client, "0" + phone.removeprefix("+27"))
    assert code_at(phone)


def test_a_wrong_code_does_not_open_and_three_end_it(client: Client, phone: str) -> None:
    confirm = ask(client, phone)
    right = code_at(phone)
    wrong = "111111" if right != "111111" else "222222"
    for _ in range(3):
        client.post(confirm, {"code": wrong})
    client.post(confirm, {"code": right})
    assert not is_in(client)


def test_a_stranger_sees_the_same_page_and_gets_no_sms(client: Client, phone: str) -> None:
    known = ask(client, phone)
    other = Client()
    assert ask(other, STRANGER) == known
    page, other_page = client.get(known).content, other.get(known).content
    scrub = re.compile(rb'value="[\w]{64}"|x-csrftoken": "[^"]+"|\+?27\d+')
    assert scrub.sub(b"", page) == scrub.sub(b"", other_page)
    assert not PhoneMessage.objects.filter(phone=STRANGER).exists()


def test_a_name_and_a_number_make_an_account_that_the_code_confirms(
    client: Client, town: Town
) -> None:
    answer = client.post("/account/signup/", {"name": "Thandi", "phone": "082 009 9999"})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert not is_in(client)
    answer = client.post(answer["Location"], {"code": code_at(STRANGER)})
    assert answer["Location"] == "/me/join/"
    assert is_in(client)
    person = User.objects.get(phone=STRANGER)
    assert (person.name, person.has_usable_password()) == ("Thandi", False)
    assert person.phone_verified_at is not None


def test_signing_up_twice_tells_only_the_holder_of_the_phone(client: Client, phone: str) -> None:
    before = User.objects.count()
    answer = client.post("/account/signup/", {"name": "Eve", "phone": phone})
    assert answer.status_code == 302
    assert User.objects.count() == before
    assert "You have an account already" in PhoneMessage.objects.get(phone=phone).text


@pytest.mark.parametrize("number", ["12", "+27 1", "+1 999 999", "abc", "0820099999999999999"])
def test_what_cannot_be_called_is_refused(client: Client, town: Town, number: str) -> None:
    answer = client.post("/account/login/", {"login": number})
    assert answer.status_code == 200
    assert not PhoneMessage.objects.exists()


def test_the_sixth_code_within_a_quarter_of_an_hour_is_refused(client: Client, phone: str) -> None:
    for _ in range(5):
        ask(Client(), phone)
    answer = client.post("/account/login/", {"login": phone})
    assert "That was too often." in answer.content.decode()
    assert PhoneMessage.objects.filter(phone=phone).count() == 5


def test_without_the_counter_nobody_signs_in(
    client: Client, phone: str, settings: Settings
) -> None:
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    }
    answer = client.post("/account/login/", {"login": phone})
    assert "This is closed for a moment." in answer.content.decode()
    assert not PhoneMessage.objects.exists()


def test_anybodys_place_may_be_taken_in_a_demonstration_only(
    client: Client, town: Town, settings: Settings
) -> None:
    person = town.offices["treasurer"]
    settings.LETSEMA_DEMO = False
    assert client.post(f"/me/sign-in-as/{person}").status_code == 404
    assert not is_in(client)
    settings.LETSEMA_DEMO = True
    assert client.get(f"/me/sign-in-as/{person}").status_code == 405
    answer = client.post(f"/me/sign-in-as/{person}", {"next": "https://evil.example/"})
    assert answer["Location"] == "/home/"
    assert is_in(client)
    said = Entry.objects.get(sentence="entered the demonstration as %(person)s")
    assert said.facts == {"person": "Treasurer"}


def test_she_acts_in_the_cooperative_she_chose_and_in_none_she_is_not_of(
    client: Client, town: Town
) -> None:
    from coop.members import operations

    other, third = found_town(slug="zz-other"), found_town()
    nomsa = make_worker(town, "Nomsa")
    assert nomsa.person_id
    operations.join_as_worker(
        by=other.system, at=other.at, person_id=nomsa.person_id, joined_on=other.at.date()
    )
    client.post(f"/me/sign-in-as/{nomsa.person_id}")
    for place in (other, town):
        assert client.post("/me/cooperative", {"cooperative": str(place.id)}).status_code == 302
        assert client.get("/api/members/me").json()["cooperative"]["id"] == str(place.id)
    client.post("/me/cooperative", {"cooperative": str(town.id)})
    answer = client.post("/me/cooperative", {"cooperative": str(town.id), "next": "//evil.example"})
    assert answer["Location"] == "/home/"
    assert client.post("/me/cooperative", {"cooperative": str(third.id)}).status_code == 404
    assert client.post("/me/cooperative", {"cooperative": "x"}).status_code == 400
    assert client.get("/api/members/me").json()["cooperative"]["id"] == str(town.id)
