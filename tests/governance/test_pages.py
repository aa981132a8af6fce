"""Deciding through HTTP, as a member would, with scripts off."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from coop.kernel import Money
from coop.members.types import MemberRef
from governance import operations, queries
from governance.models import Ballot, Proposal, Vote
from governance.registry import PolicyKey
from tests.factories import found_town, make_household, make_worker
from tests.factories.governance import bring_to_vote, propose_change
from tests.factories.people import Town

pytestmark = pytest.mark.django_db
FROM = date(2026, 4, 1)
NEW = {"amount": "3.00", "currency": "ZAR"}


def client_of(ref: MemberRef) -> Client:
    from coop.members.models import User

    assert ref.person_id is not None

    client = Client()
    client.force_login(
        User.objects.get(id=ref.person_id), "django.contrib.auth.backends.ModelBackend"
    )
    return client


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_member_walks_a_proposal_from_the_rule_to_the_next_price(
    tea: PolicyKey[Money],
) -> None:
    town = found_town()
    worker, committee = make_worker(town, "Thandi"), town.officer("election_committee")
    here = written(town, worker, tea)
    voted(town, worker, committee, here)
    counted(town, worker, committee, here, tea)
    assert queries.policy_in_force(
        tea, cooperative_id=town.id, on=FROM
    ).value == Money(310, "ZAR")  # fmt: skip


def written(town: Town, worker: MemberRef, tea: PolicyKey[Money]) -> str:
    """Too cheap for the law first, then as it may be, amended and talked about; where it stands."""
    with at(town.at):
        member = client_of(worker)
        assert "A cup of tea costs 2.00 ZAR." in words(member.get("/decide/rules/"))
        assert member.get(f"/decide/rules/{tea.name}/").status_code == 200
        form = member.get(f"/decide/rules/{tea.name}/propose/")
        assert 'value="2.00"' in form.content.decode()
        said = {
            "title": "Tea at three", "term0": "0.50", "term1": "ZAR", "reason": "Milk costs more",
            "effective_from": "2026-04-01",
        }  # fmt: skip
        refused = member.post(f"/decide/rules/{tea.name}/propose/", said)
        assert refused.status_code == 400
        assert "Tea Act 1 of 2020, section 3" in words(refused)
        made = member.post(f"/decide/rules/{tea.name}/propose/", said | {"term0": "3.00"})
        here = made.headers["Location"]
        amended = said | {"term0": "3.10", "title": "Tea at 3.10"}
        assert member.get(f"{here}amend/").status_code == 200
        assert member.post(f"{here}amend/", amended).status_code == 302
        member.post(f"{here}step/", {"do": "discuss"})
        member.post(f"{here}comment/", {"stance": "for", "text": "It is the milk."})
        assert "It is the milk." in words(member.get(here))
    return str(here)


def voted(town: Town, worker: MemberRef, committee: MemberRef, here: str) -> None:
    """Notice, the box opened, one vote each."""
    with at(town.at + timedelta(days=7)):
        member = client_of(worker)
        assert "Give notice of the vote" in words(member.get(here))
        member.post(f"{here}step/", {"do": "notice"})
    with at(town.at + timedelta(days=14)):
        client_of(committee).post(f"{here}step/", {"do": "open"})
        member = client_of(worker)
        assert "Read and vote" in words(member.get("/decide/"))
        page = words(member.get(here))
        assert "0 of 7 have voted" in page
        assert "Cast my vote" in page
        assert member.post(f"{here}vote/", {}).status_code == 400
        assert member.post(f"{here}vote/", {"choice": "yes"}).status_code == 302
        assert member.post(f"{here}vote/", {"choice": "no"}).status_code == 409
        page = words(member.get(here))
        assert "1 of 7 have voted" in page
        assert "Your vote is in the box." in page
        assert "Who voted how" not in page
        for office in ("treasurer", "auditor"):
            client_of(town.officer(office)).post(f"{here}vote/", {"choice": "yes"})


def counted(
    town: Town, worker: MemberRef, committee: MemberRef, here: str, tea: PolicyKey[Money]
) -> None:
    """Time is up, counted with both sides of each test, certified, and a rule."""
    with at(town.at + timedelta(days=17)):
        officer, member = client_of(committee), client_of(worker)
        for page in (words(member.get("/decide/")), words(member.get(here))):
            assert "Voting has ended" in page
            assert "Voting now" not in page
            assert "Read and vote" not in page
        officer.post(f"{here}step/", {"do": "close"})
        assert "waiting to be certified" in words(member.get("/decide/"))
        page = words(officer.get(here))
        assert "3 × 3 = 9" in page  # three took part, three times seven thirds needed
        assert "7 × 1 = 7" in page
        officer.post(f"{here}step/", {"do": "certify"})
        page = words(officer.get(here))
        assert "The members said yes" in page
        assert "Certified by Election Committee" in page
        assert "Thandi: Yes" in page
        assert "From Wed 1 Apr 2026: A cup of tea costs 3.10 ZAR." in words(
            officer.get("/decide/rules/")
        )
        assert "Tea at 3.10" in words(officer.get(f"/decide/rules/{tea.name}/"))


def open_vote(tea: PolicyKey[Money]) -> tuple[Town, Ballot]:
    town = found_town()
    proposal = propose_change(town, tea.name, NEW, FROM, town.at)
    return town, bring_to_vote(town, proposal, town.at)


def test_another_cooperative_and_a_household_find_no_such_page(tea: PolicyKey[Money]) -> None:
    town, ballot = open_vote(tea)
    household, _ = make_household(town)
    here, api = f"/decide/{ballot.proposal_id}/", f"/api/governance/proposals/{ballot.proposal_id}"
    with at(ballot.opens_at):
        stranger = client_of(found_town().officer("election_committee"))
        unknown = stranger.get(f"/decide/{UUID(int=1)}/")
        for client in (stranger, client_of(household)):
            seen = client.get(here)
            assert (seen.status_code, words(seen)) == (
                404,
                words(unknown),
            ) or client is not stranger
            assert seen.status_code == 404
            for path in ("vote", "comment", "step"):
                body = {"choice": "yes", "text": "x", "stance": "note", "do": "withdraw"}
                assert client.post(f"{here}{path}/", body).status_code == 404
            assert client.get(f"{here}amend/").status_code == 404
            assert client.get(api).status_code == 404
            for verb in ("discuss", "notice", "open", "close", "certify"):
                assert client.post(f"{api}/{verb}").status_code == 404
            for verb, said in (("vote", {"choice": "yes"}), ("withdraw", {"reason": ""})):
                answer = client.post(f"{api}/{verb}", said, content_type="application/json")
                assert answer.status_code == 404
        assert "Change" not in words(stranger.get("/decide/"))
        assert stranger.get("/api/governance/proposals").json() == []
    assert not Vote.objects.exists()
    assert Proposal.objects.get().state == "voting"


def test_the_api_has_the_same_verbs(tea: PolicyKey[Money]) -> None:
    town = found_town()
    worker = make_worker(town)
    json: Any = {"content_type": "application/json"}
    said: dict[str, Any] = {
        "title": "Tea", "reason": "Milk",
        "changes": [{"key": tea.name, "terms": NEW, "effective_from": "2026-04-01"}],
    }  # fmt: skip
    with at(town.at):
        client = client_of(worker)
        low = said | {"changes": [said["changes"][0] | {"terms": NEW | {"amount": "0.10"}}]}
        refused = client.post("/api/governance/proposals", low, **json)
        assert (refused.status_code, refused.json()["code"]) == (409, "below_law")
        made = client.post("/api/governance/proposals", said, **json)
        here = f"/api/governance/proposals/{made.json()['id']}"
        assert client.post(f"{here}/discuss").status_code == 204
        answer = client.post(f"{here}/comments", {"text": "Yes", "stance": "for"}, **json)
        assert answer.status_code == 201
        early = client.post(f"{here}/notice")
        assert (early.status_code, early.json()["code"]) == (409, "too_early")
    with at(town.at + timedelta(days=7)):
        client = client_of(worker)
        assert client.post(f"{here}/notice").status_code == 201
    opens = town.at + timedelta(days=14)
    operations.open_ballot(by=town.system, at=opens, proposal_id=UUID(made.json()["id"]))
    with at(opens):
        client = client_of(worker)
        assert client.post(f"{here}/vote", {"choice": "yes"}, **json).status_code == 204
        again = client.post(f"{here}/vote", {"choice": "yes"}, **json)
        assert (again.status_code, again.json()["code"]) == (409, "voted_already")
        shown = client.get(here).json()
        assert shown["ballots"][0]["turnout"] == {"cast": 1, "of": 7}
        assert shown["ballots"][0]["outcome"] is None
        rules = {rule["key"]: rule["says"] for rule in client.get("/api/governance/rules").json()}
        assert rules[tea.name] == "A cup of tea costs 2.00 ZAR."


def test_a_rule_too_rich_for_fields_is_written_as_text(tea: PolicyKey[Money]) -> None:
    town = found_town()
    with at(town.at):
        board = client_of(town.officer("board"))
        page = board.get("/decide/rules/decision_types/propose/?text").content.decode()
        assert "terms_text" in page
        said = {"title": "x", "reason": "y", "effective_from": "2026-05-01", "terms_text": "{"}
        wrong = board.post("/decide/rules/decision_types/propose/", said)
        assert "cannot be read as JSON" in words(wrong)
        wrong = board.post(
            "/decide/rules/decision_types/propose/", said | {"terms_text": '{"a": 0.5}'}
        )
        assert "in quotes" in words(wrong)
    assert not Proposal.objects.exists()
