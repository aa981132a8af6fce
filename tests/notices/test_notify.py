"""Something is told once, by the first way that works, and every try is on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from pytest_django import Settings

from coop.kernel import BadInput
from coop.members.models import User
from coop.members.types import MemberRef
from coop.notices import gateways, queries
from coop.notices.gateways import SendFailed
from coop.notices.models import Attempt, Notice, PhoneMessage
from coop.notices.operations import notify, read_inbox, receive_receipt
from coop.notices.types import Channel, NoticeState
from coop.outbox.models import Promise
from coop.outbox.operations import run_due
from tests.factories import Town, found_town, make_worker

pytestmark = pytest.mark.django_db
CONTEXT = {"when": "Tue 3 Mar, 09:00", "code": "7K2"}


def person(ref: MemberRef) -> UUID:
    assert ref.person_id
    return ref.person_id


class Broken:
    """An SMS provider that is down."""

    def __init__(self, may_recover: bool) -> None:
        self.may_recover = may_recover
        self.keys: list[str] = []

    def send(self, *, to: str, text: str, key: str, at: datetime) -> str:
        self.keys.append(key)
        raise SendFailed("down", may_recover=self.may_recover)


@pytest.fixture
def town() -> Town:
    return found_town()


@pytest.fixture
def nomsa(town: Town) -> MemberRef:
    return make_worker(town, "Nomsa")


@pytest.fixture
def break_sms(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], Broken]:
    def broken(may_recover: bool) -> Broken:
        gateway = Broken(may_recover)
        monkeypatch.setattr(gateways, "sms", lambda: gateway)
        return gateway

    return broken


def tell(town: Town, to: MemberRef, key: str = "offer:1", template: str = "test_offer") -> Notice:
    assert to.person_id
    context = CONTEXT if template == "test_offer" else {}
    id = notify(
        by=town.system, at=town.at, to=to.person_id, template=template, context=context, key=key
    )
    return Notice.objects.get(id=id)


def test_an_sms_goes_out_and_the_provider_says_it_arrived(town: Town, nomsa: MemberRef) -> None:
    row = tell(town, nomsa)
    assert (row.state, row.sent_at) == ("due", None)
    run_due(at=town.at)
    row.refresh_from_db()
    assert (row.state, row.sent_at, row.delivered_at) == ("sent", town.at, None)
    [sms] = PhoneMessage.objects.all()
    assert sms.text == (
        "Cleaning Tue 3 Mar, 09:00. Answer YES 7K2. http://localhost:8000/offers/7K2/"
    )
    later = town.at + timedelta(seconds=9)
    receive_receipt(at=later, provider_id=row.attempts.get().provider_id, delivered=True)
    row.refresh_from_db()
    assert (row.state, row.delivered_at) == ("delivered", later)


def test_the_same_key_is_one_notice_one_promise_one_sms(town: Town, nomsa: MemberRef) -> None:
    assert tell(town, nomsa).id == tell(town, nomsa).id
    run_due(at=town.at)
    run_due(at=town.at)
    assert Notice.objects.count() == PhoneMessage.objects.count() == 1
    assert Promise.objects.filter(effect="notices.send").count() == 1


def test_a_notice_is_undone_with_the_act_that_caused_it(town: Town, nomsa: MemberRef) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(town, nomsa)
        raise ZeroDivisionError
    assert not Notice.objects.exists()
    assert not Promise.objects.exists()


def test_a_refused_number_falls_back_to_mail_at_once(
    town: Town, nomsa: MemberRef, break_sms: Callable[[bool], Broken]
) -> None:
    User.objects.filter(id=person(nomsa)).update(email="nomsa@example.org")
    break_sms(False)
    row = tell(town, nomsa)
    run_due(at=town.at)
    row.refresh_from_db()
    assert row.state == NoticeState.SENT
    assert [(t.channel, t.error) for t in row.attempts.order_by("number")] == [
        ("sms", "down"), ("email", ""),
    ]  # fmt: skip
    [letter] = mail.outbox
    assert letter.to == ["nomsa@example.org"]
    assert "7K2" not in letter.subject
    assert letter.body == "http://localhost:8000/offers/7K2/"


def test_a_provider_that_is_down_is_tried_three_times_with_one_key_then_the_app(
    town: Town, nomsa: MemberRef, break_sms: Callable[[bool], Broken]
) -> None:
    provider = break_sms(True)
    row = tell(town, nomsa)
    for seconds in (0, 14, 15, 44, 45):
        run_due(at=town.at + timedelta(seconds=seconds))
    row.refresh_from_db()
    assert [t.channel for t in row.attempts.order_by("number")] == ["sms"] * 3 + ["email", "in_app"]
    assert provider.keys == [f"{row.id}:sms:0"] * 3
    assert (row.state, row.sent_at) == ("sent", town.at + timedelta(seconds=45))


def test_when_every_way_fails_the_notice_says_so(
    town: Town, nomsa: MemberRef, break_sms: Callable[[bool], Broken]
) -> None:
    break_sms(False)
    assert nomsa.person_id
    notify(
        by=town.system, at=town.at, to=nomsa.person_id, template="test_offer", context=CONTEXT,
        key="k", channels=[Channel.SMS],
    )  # fmt: skip
    run_due(at=town.at)
    assert queries.counts(town.officer("board"), at=town.at).failed == 1


def test_a_late_word_of_failure_sends_it_another_way_and_never_takes_delivery_back(
    town: Town, nomsa: MemberRef
) -> None:
    row = tell(town, nomsa)
    run_due(at=town.at)
    sent = row.attempts.get().provider_id
    receive_receipt(at=town.at, provider_id=sent, delivered=False, reason="no such number")
    run_due(at=town.at)
    row.refresh_from_db()
    assert [(t.channel, t.error) for t in row.attempts.order_by("number")] == [
        ("sms", "no such number"), ("email", "no e-mail address is known"), ("in_app", ""),
    ]  # fmt: skip
    read_inbox(by=nomsa, at=town.at)
    receive_receipt(at=town.at, provider_id=sent, delivered=False)
    row.refresh_from_db()
    assert row.state == NoticeState.DELIVERED


def test_a_private_text_is_read_in_the_app_only(town: Town, nomsa: MemberRef) -> None:
    tell(town, nomsa, template="test_grievance")
    run_due(at=town.at)
    assert PhoneMessage.objects.get().text == (
        "You have a message in Letsema. http://localhost:8000/inbox/"
    )
    assert queries.inbox(nomsa)[0].text == "It moved."


@pytest.mark.parametrize(
    ("template", "context", "code"),
    [
        ("nobody_said_this", {}, "template_unknown"),
        ("test_offer", {"when": "now"}, "context_missing"),
        ("test_offer", {**CONTEXT, "address": "12 Fig Street"}, "context_too_much"),
    ],
)
def test_what_cannot_be_said_is_refused_before_anything_is_written(
    town: Town, nomsa: MemberRef, template: str, context: dict[str, str], code: str
) -> None:
    assert nomsa.person_id
    with pytest.raises(BadInput) as refusal:
        notify(
            by=town.system, at=town.at, to=nomsa.person_id, template=template, context=context,
            key="k",
        )  # fmt: skip
    assert refusal.value.code == code
    assert not Notice.objects.exists()
    assert not Promise.objects.exists()


def test_due_sent_and_delivered_stand_side_by_side(town: Town, nomsa: MemberRef) -> None:
    other = make_worker(town, "Zanele")
    tell(town, nomsa, "a")
    tell(town, nomsa, "b")
    run_due(at=town.at)
    read_inbox(by=nomsa, at=town.at)
    tell(town, other, "c")
    run_due(at=town.at)
    tell(town, other, "d")
    found = queries.counts(town.officer("board"), at=town.at + timedelta(minutes=2))
    assert (found.due, found.overdue, found.sent, found.delivered, found.failed) == (1, 1, 1, 2, 0)


def test_reading_is_hers_alone_and_another_cooperative_sees_nothing(
    town: Town, nomsa: MemberRef
) -> None:
    tell(town, nomsa)
    elsewhere = found_town()
    stranger = make_worker(elsewhere)
    assert queries.inbox(stranger) == []
    assert queries.traces(elsewhere.officer("board")) == []
    assert queries.counts(elsewhere.officer("board"), at=town.at).due == 0
    assert read_inbox(by=stranger, at=town.at) == 0
    assert queries.unread(nomsa) == 1


def test_without_a_provider_no_sms_leaves_and_the_app_carries_it(
    town: Town, nomsa: MemberRef, settings: Settings
) -> None:
    settings.LETSEMA_DEMO = False
    row = tell(town, nomsa)
    run_due(at=town.at)
    assert not PhoneMessage.objects.exists()
    assert row.attempts.order_by("number").first().error == "no SMS provider is set up"  # type: ignore[union-attr]


def test_the_database_refuses_an_impossible_step(town: Town, nomsa: MemberRef) -> None:
    row = tell(town, nomsa)
    run_due(at=town.at)
    with pytest.raises(IntegrityError, match="notice_moves"), transaction.atomic():
        Notice.objects.filter(id=row.id).update(state="failed")


def test_the_database_refuses_a_second_notice_of_one_key(town: Town, nomsa: MemberRef) -> None:
    row = tell(town, nomsa)
    with pytest.raises(IntegrityError, match="notice_key_once"), transaction.atomic():
        Notice.objects.create(
            cooperative_id=town.id, person_id=person(nomsa), key=row.key, template="x",
            language="en", channels=["sms"], due_at=town.at,
        )  # fmt: skip
    assert Attempt.objects.count() == 0


def test_a_message_outlives_its_template(
    town: Town, nomsa: MemberRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(town, nomsa)
    monkeypatch.setattr("coop.notices.registry._templates", {})
    assert queries.inbox(nomsa)[0].text == "Its words are no longer kept."
