"""Joining, the profile, and the register, as one meets them on the pages."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import h3
import pytest
from django.test import Client

from coop.members import queries
from coop.members.models import Address, Consent, Household, Membership, Office, User, Worker
from coop.members.types import MemberRef
from tests.factories import Town, found_town, make_household, make_worker
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def town() -> Town:
    return found_town(slug="ubuntu")


def enter(client: Client, who: MemberRef | UUID) -> None:
    person = who.person_id if isinstance(who, MemberRef) else who
    client.force_login(User.objects.get(id=person or ""), BACKEND)


@pytest.fixture
def newcomer(client: Client, town: Town) -> User:
    user = User.objects.create_user("+27820012345", name="Thandi")
    client.force_login(user, BACKEND)
    return user


def test_a_worker_joins_with_nothing_more_than_her_hours(
    client: Client, town: Town, newcomer: User
) -> None:
    assert client.get("/home/")["Location"] == "/me/join/"
    assert client.get("/me/join/").status_code == 200
    assert client.post("/me/join/work/?at=ubuntu", {"hours": "24"})["Location"] == "/home/"
    worker = Worker.objects.get(user=newcomer)
    assert (worker.name, worker.wanted_minutes_per_week) == ("Thandi", 1440)
    assert Membership.objects.get(user=newcomer).state == "applicant"
    client.post("/me/join/work/?at=ubuntu", {"hours": "24"})
    assert Worker.objects.filter(user=newcomer).count() == 1


@pytest.mark.parametrize("hours", ["", "-1", "169", "x"])
def test_hours_that_no_week_has_are_refused(
    client: Client, town: Town, newcomer: User, hours: str
) -> None:
    assert client.post("/me/join/work/", {"hours": hours}).status_code == 400
    assert not Worker.objects.filter(user=newcomer).exists()


ADDRESS = {"name": "Dlamini", "lines": "3 Oak Road", "area": "melville", "notes": ""}


def test_a_household_registers_where_we_work_without_a_map(
    client: Client, town: Town, newcomer: User
) -> None:
    make_household(town)
    assert client.post("/me/join/household/", ADDRESS)["Location"] == "/home/"
    made = Address.objects.get(lines="3 Oak Road")
    known = Address.objects.exclude(id=made.id).get()
    assert made.cell == known.cell
    assert (made.lat, made.lon) != (known.lat, known.lon)


def test_a_new_area_needs_its_place_on_the_map(client: Client, town: Town, newcomer: User) -> None:
    answer = client.post("/me/join/household/", ADDRESS)
    assert answer.status_code == 400
    assert "This area is new to us." in answer.content.decode()
    assert not Household.objects.exists()
    answer = client.post("/me/join/household/", {**ADDRESS, "place": "-26.175, 28.005"})
    assert answer.status_code == 302
    made = Address.objects.get()
    assert (made.lat, made.lon) == (Decimal("-26.175"), Decimal("28.005"))
    assert made.cell == h3.latlng_to_cell(-26.175, 28.005, 7)


@pytest.mark.parametrize("place", ["here", "1", "1,2,3", "NaN, 1", "91, 0", "Infinity,0"])
def test_a_place_that_is_not_on_earth_is_refused(
    client: Client, town: Town, newcomer: User, place: str
) -> None:
    assert client.post("/me/join/household/", {**ADDRESS, "place": place}).status_code == 400
    assert not Household.objects.exists()


def test_a_visitor_begins_with_her_phone(client: Client, town: Town) -> None:
    assert client.get("/me/join/work/")["Location"].startswith("/account/signup/?next=")
    assert client.get("/me/")["Location"].startswith("/account/login/")


def test_she_changes_her_profile_and_only_hers(client: Client, town: Town) -> None:
    nomsa, other = make_worker(town, "Nomsa"), make_worker(town, "Zanele")
    enter(client, nomsa)
    form = {
        "name": "Nomsa N.",
        "language": "es",
        "email": "n@example.org",
        "hours": "20",
        "travels_km": "8",
    }
    assert client.post("/me/", form).status_code == 302
    own = queries.profile(nomsa)
    assert (own.name, own.language, own.email) == ("Nomsa N.", "es", "n@example.org")
    assert (own.wanted_minutes_per_week, own.travels_km) == (1200, 8)
    assert queries.profile(other).name == "Zanele"
    assert client.post("/me/", {**form, "language": "xx"}).status_code == 400
    assert client.post("/me/", {**form, "hours": "169"}).status_code == 400
    assert queries.profile(nomsa) == own


def test_a_yes_and_its_withdrawal_are_both_kept(client: Client, town: Town) -> None:
    nomsa = make_worker(town, "Nomsa")
    enter(client, nomsa)
    for given in ("yes", "no"):
        client.post("/me/consent", {"purpose": "named_in_reports", "given": given})
    assert queries.consents(nomsa) == {"named_in_reports": False}
    assert Consent.objects.count() == 2
    assert client.post("/me/consent", {"purpose": "anything", "given": "yes"}).status_code == 400


def test_a_token_is_shown_once_and_ended(client: Client, town: Town) -> None:
    nomsa = make_worker(town, "Nomsa")
    enter(client, nomsa)
    answer = client.post("/me/tokens/make", {"name": "diary"})
    assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
    text = answer.context["text"]
    assert text in answer.content.decode()
    assert text not in client.get("/me/tokens/").content.decode()
    [token] = queries.tokens(nomsa)
    enter(client, make_worker(town))
    assert client.post(f"/me/tokens/{token.id}/end").status_code == 404
    enter(client, nomsa)
    assert client.post(f"/me/tokens/{token.id}/end").status_code == 302
    assert queries.tokens(nomsa)[0].revoked_at is not None


def test_the_board_admits_whoever_asks(client: Client, town: Town, newcomer: User) -> None:
    client.post("/me/join/work/", {"hours": "24"})
    enter(client, town.officer("board"))
    assert "Thandi" in client.get("/me/people/").content.decode()
    membership = Membership.objects.get(user=newcomer)
    enter(client, town.officer("coordinator"))
    assert client.get("/me/people/").status_code == 200
    assert client.post(f"/me/people/{membership.id}/admit").status_code == 404
    enter(client, town.officer("board"))
    assert client.post(f"/me/people/{membership.id}/admit").status_code == 302
    membership.refresh_from_db()
    assert membership.state == "member"


def test_the_register_of_another_cooperative_does_not_exist(client: Client, town: Town) -> None:
    elsewhere = found_town()
    stranger = make_worker(elsewhere, "Stranger", member=False)
    enter(client, town.officer("board"))
    assert "Stranger" not in client.get("/me/people/").content.decode()
    membership = Membership.objects.filter(cooperative_id=elsewhere.id).first()
    assert membership is not None
    assert client.post(f"/me/people/{membership.id}/admit").status_code == 404
    assert str(stranger.person_id) not in client.get("/me/people/appoint/").content.decode()
    enter(client, make_worker(town))
    assert client.get("/me/people/").status_code == 404


def test_only_who_was_let_in_is_offered_an_office(
    client: Client, town: Town, newcomer: User
) -> None:
    client.post("/me/join/work/", {"hours": "24"})
    enter(client, town.officer("board"))
    assert str(newcomer.pk) not in client.get("/me/people/appoint/").content.decode()
    client.post(f"/me/people/{Membership.objects.get(user=newcomer).id}/admit")
    assert str(newcomer.pk) in client.get("/me/people/appoint/").content.decode()


def test_an_office_is_entered_for_its_term_and_not_twice(client: Client, town: Town) -> None:
    person = make_member(town, "Lindiwe")
    enter(client, town.officer("board"))
    before = Office.objects.count()
    form = {
        "person": str(person), "office": "treasurer", "from_on": "2026-04-01",
        "until_on": "2027-04-01", "source": "Assembly of 28 March",
    }  # fmt: skip
    assert client.post("/me/people/appoint/", form).status_code == 302
    answer = client.post("/me/people/appoint/", form)
    assert answer.status_code == 400
    assert "holds this office on some of these days already" in answer.content.decode()
    backwards = {**form, "until_on": "2026-03-01"}
    assert client.post("/me/people/appoint/", backwards).status_code == 400
    assert Office.objects.count() == before + 1
