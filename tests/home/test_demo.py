"""The demonstration shows the whole life of two cooperatives, and its books hold."""

from __future__ import annotations

import socket
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from bookings.models import Booking, Offer, Series
from coop.home.management.demo import live
from coop.home.management.demo.timeline import Timeline
from coop.kernel import RuleBroken
from coop.members.models import Cooperative
from coop.notices.models import InboundSms, Notice
from coop.outbox.models import Promise
from governance.models import Ballot, PolicyVersion, Proposal, Vote
from payments.charges.models import Charge, Receipt
from payments.payroll.models import Contribution, PayRun
from payments.surplus.models import Sharing
from tests.factories import found_town

pytestmark = pytest.mark.django_db
#: A Tuesday, shortly before one in Johannesburg and before six in Bogotá.
NOW = datetime(2026, 11, 24, 10, 53, tzinfo=UTC)


def test_two_cooperatives_have_lived_and_every_promise_of_their_books_holds(
    tmp_path: Path,
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with override_settings(STRIPE_API_BASE=f"http://127.0.0.1:{port}", VAR_DIR=tmp_path):
        assert live(NOW) == []
    ubuntu, manos = Cooperative.objects.order_by("founded_on")
    assert (ubuntu.country, manos.country, manos.language) == ("ZA", "CO", "es")

    def states(model: type, home: Cooperative = ubuntu) -> dict[str, int]:
        rows = model.objects.filter(cooperative=home)  # type: ignore[attr-defined]
        return dict(Counter(rows.values_list("state", flat=True)))

    assert states(Booking) == {
        "done": 16, "in_progress": 1, "confirmed": 5, "offered": 1, "disputed": 1, "requested": 1,
    }  # fmt: skip
    assert states(Booking, manos) == {"done": 5, "confirmed": 2, "offered": 1}
    assert states(Proposal) == {"passed": 1, "voting": 1, "noticed": 1, "discussion": 2}
    assert states(PayRun) == {"paid": 1, "computed": 1}
    assert states(Contribution) == {"due": 4, "filed": 2, "confirmed": 1, "queried": 1}
    assert states(Contribution, manos) == {"paid": 2, "filed": 2, "confirmed": 1, "queried": 1}
    assert states(Sharing) == {"proposed": 1}
    assert Offer.objects.filter(state="open", expires_at__gt=NOW).count() == 5
    assert Vote.objects.filter(ballot__in=Ballot.objects.filter(state="open")).count() == 4
    decided = PolicyVersion.objects.filter(cooperative=ubuntu, decision__isnull=False)
    assert set(decided.values_list("key", flat=True)) == {"living_wage_floor", "offer_window"}
    assert Series.objects.filter(cooperative=ubuntu).count() == 2
    assert Receipt.objects.filter(cooperative=ubuntu).count() == 13
    assert Charge.objects.filter(rail="card", captured_minor__gt=0).count() == 3
    assert InboundSms.objects.count() == 2
    assert Notice.objects.filter(sent_at__isnull=True, due_at__lte=NOW).count() == 0
    assert not Promise.objects.filter(tries__gt=0).exists()
    assert not Promise.objects.filter(state="waiting", due_at__lte=NOW).exists()
    said = StringIO()
    call_command("check_books", stdout=said)
    assert "All holds in 2 cooperatives" in said.getvalue()


def test_where_there_is_a_cooperative_the_demonstration_keeps_away() -> None:
    found_town()
    said = StringIO()
    call_command("demo", stdout=said)
    assert (Cooperative.objects.count(), said.getvalue()) == (1, "")


def test_acts_come_in_their_order_and_the_future_has_not_happened() -> None:
    line, done = Timeline(NOW), list[int]()
    for hours in (2, -1, -3):
        line.at(NOW + timedelta(hours=hours), lambda at: done.append((at - NOW) // HOUR))
    line.at(NOW - 2 * HOUR, lambda at: line.at(at + HOUR / 2, lambda when: done.append(0)))
    line.play()
    assert done == [-3, 0, -1]


HOUR = timedelta(hours=1)


def test_a_law_that_is_not_known_leaves_a_gap_and_any_other_refusal_stops() -> None:
    def refuse(code: str, at: datetime) -> None:
        raise RuleBroken(code, "The law of that day is not known.")

    line = Timeline(NOW)
    line.at(NOW, lambda at: refuse("law_silent", at))
    line.play()
    assert line.missed == ["2026-11-24: The law of that day is not known."]
    line.at(NOW, lambda at: refuse("worker_busy", at))
    with pytest.raises(RuleBroken, match="not known"):
        line.play()
