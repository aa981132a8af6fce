"""The API lets in by token or by session, and a session needs its CSRF token."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from coop.kernel import BadInput, NotFound
from coop.members import operations, queries
from coop.members.models import ApiToken, Membership, Worker
from coop.members.types import MemberRef
from tests.factories import Town, found_town, make_household, make_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return found_town()


@pytest.fixture
def nomsa(town: Town) -> MemberRef:
    return make_worker(town, "Nomsa")


def bearer(by: MemberRef, town: Town) -> dict[str, str]:
    token = operations.issue_token(by=by, at=town.at, name="diary")
    return {"Authorization": f"Bearer {token.text}"}


def test_a_token_answers_for_its_owner_and_only_its_hash_is_kept(
    client: Client, town: Town, nomsa: MemberRef
) -> None:
    token = operations.issue_token(by=nomsa, at=town.at, name="diary")
    said = client.get("/api/members/me", HTTP_AUTHORIZATION=f"Bearer {token.text}").json()
    assert (said["name"], said["worker_id"]) == ("Nomsa", str(nomsa.worker_id))
    row = ApiToken.objects.get()
    assert row.hash == sha256(token.text.encode()).hexdigest()
    assert token.text not in str(vars(row))
    assert row.last_used_on is not None


def test_nobody_enters_without(client: Client, town: Town, nomsa: MemberRef) -> None:
    assert client.get("/api/members/me").status_code == 401
    assert client.get("/api/members/me", HTTP_AUTHORIZATION="Bearer x").status_code == 401
    assert client.get("/api/members/me", HTTP_AUTHORIZATION="Bearer \x00é").status_code == 401


def test_a_revoked_token_opens_nothing(client: Client, town: Town, nomsa: MemberRef) -> None:
    token = operations.issue_token(by=nomsa, at=town.at, name="diary")
    operations.revoke_token(by=nomsa, at=town.at, token_id=token.id)
    operations.revoke_token(by=nomsa, at=town.at + timedelta(days=1), token_id=token.id)
    assert queries.tokens(nomsa)[0].revoked_at == town.at
    assert client.get(
        "/api/members/me", HTTP_AUTHORIZATION=f"Bearer {token.text}"
    ).status_code == 401  # fmt: skip


def test_a_token_ends_with_her_place_in_the_cooperative(
    client: Client, town: Town, nomsa: MemberRef
) -> None:
    headers = bearer(nomsa, town)
    Membership.objects.filter(user_id=nomsa.person_id or "").update(state="left")
    Worker.objects.filter(user_id=nomsa.person_id or "").update(active=False)
    assert client.get("/api/members/me", headers=headers).status_code in {401, 404}


def test_nobody_ends_anothers_token(town: Town, nomsa: MemberRef) -> None:
    token = operations.issue_token(by=nomsa, at=town.at, name="diary")
    with pytest.raises(NotFound):
        operations.revoke_token(by=make_worker(town), at=town.at, token_id=token.id)
    assert ApiToken.objects.get().revoked_at is None
    with pytest.raises(BadInput):
        operations.issue_token(by=nomsa, at=town.at, name="  ")


def test_a_session_may_read_but_not_write_without_its_csrf_token(
    town: Town, nomsa: MemberRef
) -> None:
    client = Client(enforce_csrf_checks=True)
    plain = Client()
    plain.post(f"/me/sign-in-as/{nomsa.person_id}")
    client.cookies = plain.cookies
    assert client.get("/api/members/me").status_code == 200
    answer = client.post("/api/members/tokens", {"name": "x"}, content_type="application/json")
    assert answer.status_code == 403
    assert not ApiToken.objects.exists()
    client.get("/account/login/")
    client.get("/me/profile/")
    csrf = client.cookies["csrftoken"].value
    answer = client.post(
        "/api/members/tokens", {"name": "x"}, content_type="application/json",
        HTTP_X_CSRFTOKEN=csrf,
    )  # fmt: skip
    assert answer.status_code == 201


def test_the_register_is_for_members_and_shows_no_other_cooperative(
    client: Client, town: Town, nomsa: MemberRef
) -> None:
    elsewhere = found_town()
    make_worker(elsewhere, "Elsewhere")
    names = [
        p["name"] for p in client.get("/api/members/people", headers=bearer(nomsa, town)).json()
    ]
    assert "Nomsa" in names
    assert "Elsewhere" not in names
    household, _ = make_household(town)
    answer = client.get("/api/members/people", headers=bearer(household, town))
    assert answer.status_code == 404
    assert answer.json()["code"] == "page_unknown"


def test_only_the_board_admits_and_only_its_own_applicants(client: Client, town: Town) -> None:
    elsewhere = found_town()
    worker = make_worker(elsewhere, member=False)
    assert worker.person_id
    application = operations.apply_for_membership(
        by=elsewhere.system, at=town.at, person_id=worker.person_id
    )
    url = f"/api/members/people/{application}/admit"
    assert client.post(url, headers=bearer(town.officer("board"), town)).status_code == 404
    assert client.post(url, headers=bearer(worker, town)).status_code == 403
    assert Membership.objects.get(id=application).state == "applicant"
    assert client.post(url, headers=bearer(elsewhere.officer("board"), town)).status_code == 204
    assert Membership.objects.get(id=application).state == "member"


def test_the_document_of_the_api_is_open(client: Client) -> None:
    said = client.get("/api/openapi.json").json()
    assert "/api/members/me" in said["paths"]


def test_the_database_refuses_a_token_that_is_not_a_hash(town: Town, nomsa: MemberRef) -> None:
    with pytest.raises(IntegrityError, match="token_only_hashed"), transaction.atomic():
        ApiToken.objects.create(
            cooperative_id=town.id, user_id=nomsa.person_id or "", name="x", prefix="x",
            hash="ltm_plain", created_at=town.at,
        )  # fmt: skip
