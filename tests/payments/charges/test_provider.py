"""What the provider did behind our back is found by holding the books against its journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coop.audit.types import Breach, broken
from payments.charges import operations, queries
from payments.charges.models import Charge, Intent
from tests.payments.charges.paying import Desk, zar
from tests.payments.whole_town import damage, sandbox_of_its_own, undone


@pytest.fixture
def desk(tmp_path: Path, db: None) -> Iterator[Desk]:
    with sandbox_of_its_own(tmp_path) as (running, box):
        yield Desk(running, box)


def found(desk: Desk) -> list[Breach]:
    moves = queries.provider_journal()
    checks = queries.provider_checks(cooperative_id=desk.town.id, moves=moves)
    return broken([*checks, *queries.provider_checks_of_everybody(moves=moves)])


def behind_our_back(desk: Desk, of: Any, **metadata: str) -> str:
    """Somebody holds and captures with our key, past this program."""
    row = Charge.objects.select_related("saved_card").get(id=of)
    assert row.saved_card is not None
    made = desk.sandbox.client().v1.payment_intents.create(
        {
            "amount": 500, "currency": "zar", "capture_method": "manual", "confirm": True,
            "customer": row.saved_card.customer_ref, "off_session": True,
            "payment_method": row.saved_card.method_ref, "metadata": metadata,
        }
    )  # fmt: skip
    desk.sandbox.client().v1.payment_intents.capture(made.id)
    return made.id


def test_one_intent_with_two_effects_is_named(desk: Desk) -> None:
    charge = desk.captured()
    assert found(desk) == []
    intent = Intent.objects.get(charge_id=charge, kind="hold").id
    behind_our_back(desk, charge, intent=str(intent), charge=str(charge))
    assert {(b.invariant, b.what, b.id) for b in found(desk)} == {
        ("I2", "the provider made a capture of 5.00 ZAR we have not written", str(charge)),
        ("I7", "the provider captured 2 times for one charge", str(charge)),
        ("I7", "one intent has 2 effects at the provider", str(intent)),
    }


def test_money_taken_for_no_charge_of_ours_is_named(desk: Desk) -> None:
    ref = behind_our_back(desk, desk.captured())
    assert {(b.invariant, b.what, b.id) for b in found(desk)} == {
        ("I7", "the provider made a hold of 5.00 ZAR for no charge of ours", ref),
        ("I7", "the provider made a capture of 5.00 ZAR for no charge of ours", ref),
    }


def test_money_given_back_past_this_program_is_named(desk: Desk) -> None:
    charge = desk.captured()
    ref = Charge.objects.get(id=charge).provider_ref
    desk.sandbox.client().v1.refunds.create({"payment_intent": ref, "amount": 300})
    assert {(b.invariant, b.what, b.id) for b in found(desk)} == {
        ("I2", "the provider made a refund of 3.00 ZAR we have not written", str(charge)),
        ("I7", "the provider made a refund that nobody meant", str(charge)),
    }


def test_what_is_being_asked_at_this_moment_is_no_breach(desk: Desk) -> None:
    """The provider answered 500 after it captured: our books will follow when it is looked up."""
    charge = desk.held()
    operations.collect(by=desk.system, at=desk.at, charge_id=charge, amount=zar(20_000))
    desk.fault("error_after", "/v1/payment_intents/*/capture")
    desk.run()
    assert desk.effects(charge)[-1] == ("capture", 20_000)
    assert desk.see(charge).captured == zar(0)
    assert found(desk) == []
    desk.run(minutes=5)
    assert desk.see(charge).captured == zar(20_000)
    assert found(desk) == []


def test_what_began_before_the_journal_read_is_asked_for_by_its_id(desk: Desk) -> None:
    """Their line may be older than the window and ours inside it: none is called missing for that."""
    charge = desk.captured()
    operations.refund(
        by=desk.treasurer, at=desk.at, charge_id=charge, amount=zar(300), reason="A window."
    )
    desk.run(minutes=1)
    assert found(desk) == []
    assert queries.provider_journal(since=datetime.now(UTC) + timedelta(days=8)) == []
    assert unseen(desk) == set()
    with undone():
        damage(f"UPDATE payments_charges_charge SET provider_ref = 'pi_never' {MINE}")
        assert unseen(desk) == {("a capture of 200.00 ZAR stands 0 times in their journal")}
    with undone():
        damage("UPDATE payments_charges_refund SET provider_ref = 're_never' RETURNING id")
        assert unseen(desk) == {("a refund of 3.00 ZAR stands 0 times in their journal")}
    with undone():
        damage(f"UPDATE payments_charges_charge SET captured_minor = captured_minor - 1 {MINE}")
        assert unseen(desk) == {("a capture is 200.00 ZAR there and 199.99 ZAR here")}


MINE = "WHERE provider_ref <> '' RETURNING id"


def unseen(desk: Desk) -> set[str]:
    """What is said when no line of the journal falls into the days looked at, and all of ours do."""
    day = desk.at - timedelta(days=30)
    checks = queries.provider_checks(cooperative_id=desk.town.id, moves=[], since=day)
    return {breach.what for breach in broken(checks)}


def test_a_second_effect_is_named_when_the_first_is_older_than_the_journal_read(desk: Desk) -> None:
    charge = desk.captured()
    intent = Intent.objects.get(charge_id=charge, kind="hold").id
    ref = behind_our_back(desk, charge, intent=str(intent), charge=str(charge))
    moves = [move for move in queries.provider_journal() if move.payment_ref == ref]
    since = datetime.now(UTC)  # by our books the first was in March
    checks = queries.provider_checks(cooperative_id=desk.town.id, moves=moves, since=since)
    assert {(b.invariant, b.what, b.id) for b in broken(checks)} == {
        ("I2", "the provider made a capture of 5.00 ZAR we have not written", str(charge)),
        ("I7", "one intent has 2 effects at the provider", str(intent)),
    }
