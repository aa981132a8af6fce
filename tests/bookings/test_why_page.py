"""Why her? Every score stands under its own heading; a colleague stays nameless to a colleague."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from bookings import operations, queries
from coop.members.models import User
from coop.members.types import MemberRef
from tests.factories import make_household
from tests.factories.bookings import make_service_ready_town, offer_to, request

pytestmark = pytest.mark.django_db


def page(client: Client, ref: MemberRef, offer_id: object) -> tuple[int, str]:
    client.force_login(User.objects.get(pk=str(ref.person_id)))
    answer = client.get(f"/book/offers/{offer_id}/why/")
    return answer.status_code, answer.content.decode()


def test_each_score_is_told_under_its_own_word(client: Client) -> None:
    place = make_service_ready_town()
    offer = offer_to(place, request(place), place.workers[0], place.at)
    _, text = page(client, place.coordinator, offer.id)
    [head] = re.findall(r"<thead><tr>(.*?)</tr>", text)[:1]
    heads = re.findall(r'<th scope="col">(.*?)</th>', head)[1:-1]
    cells = re.findall(r'data-label="(.*?)"><span>', text)
    assert heads == cells == ["Fairness", "Continuity", "A short way"]
    [line] = queries.why_her(by=place.coordinator, offer_id=offer.id).candidates
    told = {score.name: str(score.why) for score in line.scores}
    for word, name in (
        ("Fairness", "fairness"),
        ("Continuity", "continuity"),
        ("A short way", "travel"),
    ):
        [cell] = re.findall(rf'data-label="{word}"><span>(.*?)</span>', text)
        assert told[name] in cell


def test_a_colleague_reads_no_name_but_her_own(client: Client) -> None:
    place = make_service_ready_town(workers=2)
    offer = offer_to(place, request(place), place.workers[0], place.at)
    _, text = page(client, place.workers[0], offer.id)
    assert "Worker 1" in text
    assert "Worker 2" not in text
    assert "Colleague" in text


def test_for_households_and_other_cooperatives_it_does_not_exist(client: Client) -> None:
    place, other = make_service_ready_town(), make_service_ready_town()
    offer = offer_to(place, request(place), place.workers[0], place.at)
    stranger, _ = make_household(other.town, "Stranger")
    for ref in (place.household, stranger, other.workers[0], other.coordinator):
        assert page(client, ref, offer.id)[0] == 404


def test_a_declined_offer_leaves_no_word_on_the_next(client: Client) -> None:
    place = make_service_ready_town(workers=2)
    booking = request(place)
    first = offer_to(place, booking, place.workers[0], place.at)
    operations.decline(by=place.workers[0], at=place.at, offer_id=first.id)
    [second] = queries.offers(by=place.workers[1], at=place.at)
    assert "declin" not in page(client, place.coordinator, second.id)[1].lower()
