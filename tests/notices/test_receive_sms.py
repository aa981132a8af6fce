"""An SMS that comes in acts once and is answered once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from coop.kernel import BadInput, RuleBroken
from coop.members import queries as members
from coop.members.models import Skill, User
from coop.members.types import MemberRef
from coop.notices import queries
from coop.notices.models import InboundSms
from coop.notices.operations import receive_sms
from coop.notices.registry import on_word
from coop.outbox.models import Promise
from coop.outbox.operations import run_due
from tests.factories import Town, found_town, make_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return found_town()


@pytest.fixture
def nomsa(town: Town) -> MemberRef:
    return make_worker(town, "Nomsa", skills=())


@pytest.fixture
def heard(town: Town) -> list[tuple[UUID, str]]:
    said: list[tuple[UUID, str]] = []

    @on_word("jebo", "jo", usage="JEBO and the code")
    def accept(person_id: UUID, rest: str, at: datetime) -> str:
        said.append((person_id, rest))
        if rest == "late":
            Skill.objects.create(cooperative_id=town.id, code="half", name="Half done")
            raise RuleBroken("offer_gone", "Somebody else accepted first.")
        return f"Yours: {rest}"

    return said


def phone(ref: MemberRef) -> str:
    assert ref.person_id
    return members.phone_of(ref.person_id)


def test_the_app_that_knows_the_word_answers_and_the_reply_goes_out(
    town: Town, nomsa: MemberRef, heard: list[tuple[UUID, str]]
) -> None:
    reply = receive_sms(at=town.at, from_phone=phone(nomsa), text=" ¡JEBO!  7K2 ", provider_id="m1")
    assert reply == "Yours: 7K2"
    assert heard == [(nomsa.person_id, "7K2")]
    run_due(at=town.at)
    assert [(b.text, b.mine) for b in queries.phone_screen(phone(nomsa))] == [
        (" ¡JEBO!  7K2 ", True), ("Yours: 7K2", False),
    ]  # fmt: skip


def test_the_provider_repeats_and_nothing_happens_twice(
    town: Town, nomsa: MemberRef, heard: list[tuple[UUID, str]]
) -> None:
    for _ in range(20):
        assert (
            receive_sms(at=town.at, from_phone=phone(nomsa), text="jebo 1", provider_id="m1")
            == "Yours: 1"
        )
    assert len(heard) == InboundSms.objects.count() == 1
    assert Promise.objects.filter(effect="notices.reply").count() == 1


def test_a_refusal_is_the_reply_and_undoes_what_was_begun(
    town: Town, nomsa: MemberRef, heard: list[tuple[UUID, str]]
) -> None:
    before = list(Skill.objects.values_list("id", flat=True))
    reply = receive_sms(at=town.at, from_phone=phone(nomsa), text="jebo late", provider_id="m1")
    assert reply == "Somebody else accepted first."
    assert not Skill.objects.exclude(id__in=before).exists()


def test_an_unknown_word_is_answered_with_what_one_may_send(
    town: Town, nomsa: MemberRef, heard: list[tuple[UUID, str]]
) -> None:
    for number, text in enumerate(["", "maybe", "🙂", "help"]):
        reply = receive_sms(
            at=town.at, from_phone=phone(nomsa), text=text, provider_id=f"m{number}"
        )
        assert "JEBO and the code" in reply
    assert heard == []


def test_a_stranger_is_written_down_and_learns_nothing(
    town: Town, heard: list[tuple[UUID, str]]
) -> None:
    assert receive_sms(at=town.at, from_phone="+27820000001", text="jebo 1", provider_id="m1") == ""
    assert heard == []
    assert InboundSms.objects.get().person_id is None
    assert not Promise.objects.filter(effect="notices.reply").exists()


def test_somebody_who_was_barred_is_a_stranger(town: Town, nomsa: MemberRef) -> None:
    number = phone(nomsa)
    assert nomsa.person_id
    User.objects.filter(id=nomsa.person_id).update(is_active=False)
    assert receive_sms(at=town.at, from_phone=number, text="help", provider_id="m1") == ""


@pytest.mark.parametrize(
    ("number", "text", "id"),
    [
        ("", "jebo", "m"),
        ("+27820000001", "jebo", ""),
        ("+27820000001", "a\x00b", "m"),
        ("1" * 21, "", "m"),
    ],
)
def test_what_cannot_be_an_sms_is_refused(number: str, text: str, id: str, town: Town) -> None:
    with pytest.raises(BadInput):
        receive_sms(at=town.at, from_phone=number, text=text, provider_id=id)
    assert not InboundSms.objects.exists()


def test_the_database_takes_a_providers_id_once(town: Town) -> None:
    InboundSms.objects.create(provider_id="m1", phone="+27820000001", text="a", at=town.at)
    with pytest.raises(IntegrityError, match="inbound_sms_once"), transaction.atomic():
        InboundSms.objects.create(provider_id="m1", phone="+27820000001", text="a", at=town.at)
