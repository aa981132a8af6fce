"""A month of a whole cooperative: booked, worked, charged, paid, filed, voted and shared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from django.test import override_settings

from bookings import queries as booked
from bookings.types import PaidBy
from coop.kernel import Money
from coop.members import queries as members
from coop.notices import operations as notices
from governance import operations as governance
from governance.types import NewMotion
from payments.charges import operations as charges
from payments.charges.types import How
from payments.payroll import operations as payroll
from payments.payroll.models import Contribution
from payments.surplus import operations as surplus
from tests.factories.bookings import request, wall
from tests.factories.governance import all_vote, bring_to_vote, pass_policy
from tests.payments.charges.visiting import Visits
from tests.payments.payroll.month import CLOSED_AT, MARCH, sent_to_fund
from tests.payments.sandbox.running import KEY, SECRET, Letterbox, Running

MARCH_1 = date(2026, 3, 1)


@dataclass
class WholeTown:
    """`by_card` and `by_hand` are finished visits; `ahead` is a confirmed one."""

    visits: Visits
    by_card: UUID
    by_hand: UUID
    ahead: UUID

    @property
    def id(self) -> UUID:
        return self.visits.place.id


@contextmanager
def sandbox_of_its_own(folder: Path) -> Iterator[tuple[Running, Letterbox]]:
    """A card provider that serves nobody else, so that its whole journal is this town's."""
    box = Letterbox()
    running = Running(folder / "journal.sqlite3", box.url).start()
    with override_settings(
        STRIPE_API_KEY=KEY, STRIPE_API_BASE=running.base, STRIPE_WEBHOOK_SECRET=SECRET
    ):
        yield running, box
    running.kill()
    box.server.shutdown()


def build(running: Running, box: Letterbox) -> WholeTown:
    visits = Visits(running, box)
    by_card = visits.booked(visits.near)
    _read_the_address(visits, by_card)
    visits.go(by_card, 4)
    ahead = visits.booked(wall(visits.place, date(2026, 3, 7), 9, 13))
    by_hand = _by_hand(visits)
    _give_back(visits, by_card)
    _hear(visits, box)
    _pay(visits)
    _decide(visits)
    return WholeTown(visits, by_card, by_hand, ahead)


def _read_the_address(visits: Visits, booking: UUID) -> None:
    visits.wait_until(visits.near.start - timedelta(hours=1))
    booked.address_for_worker(by=visits.worker, booking_id=booking, at=visits.desk.at)


def _by_hand(visits: Visits) -> UUID:
    """A visit paid in cash, with its receipt."""
    during = wall(visits.place, date(2026, 3, 10), 9, 13)
    booking = request(visits.place, during, paid_by=PaidBy.MANUAL, at=visits.desk.at)
    visits.take(booking)
    visits.go(booking, 4)
    charge = visits.charge(booking)
    charges.record_receipt(
        by=visits.desk.treasurer, at=visits.desk.at, charge_id=charge.id, amount=charge.amount,
        how=How.CASH, received_on=visits.desk.at.date(),
    )  # fmt: skip
    return booking


def _give_back(visits: Visits, booking: UUID) -> None:
    charges.refund(
        by=visits.desk.treasurer, at=visits.desk.at, charge_id=visits.charge(booking).id,
        amount=Money(700, "ZAR"), reason="The window was forgotten.",
    )  # fmt: skip
    visits.wait_until(visits.desk.at + timedelta(minutes=1))


def _hear(visits: Visits, box: Letterbox) -> None:
    """One message of the provider, and one text of the worker's."""
    body, signature = box.letters[-1]
    charges.receive_webhook(at=datetime.now(UTC), body=body, signature=signature)
    assert visits.worker.person_id is not None
    phone = members.phone_of(visits.worker.person_id)
    notices.receive_sms(at=visits.desk.at, from_phone=phone, text="HELP", provider_id="sms-1")


def _pay(visits: Visits) -> None:
    """March is computed, approved by two, paid, remitted and filed."""
    town, treasurer = visits.place.town, visits.desk.treasurer
    visits.wait_until(CLOSED_AT)
    run_id = payroll.open_pay_run(by=treasurer, at=CLOSED_AT, **MARCH)
    payroll.compute(by=treasurer, at=CLOSED_AT, run_id=run_id)
    for officer in ("treasurer", "board"):
        payroll.approve(by=town.officer(officer), at=CLOSED_AT, run_id=run_id)
    payroll.pay(by=treasurer, at=CLOSED_AT, run_id=run_id)
    schemes = Contribution.objects.filter(cooperative_id=town.id).values_list("scheme", flat=True)
    for scheme in sorted(set(schemes)):
        sent_to_fund(town, scheme, f"EFT {scheme}")
        payroll.file_contributions(
            by=treasurer, at=CLOSED_AT, scheme=scheme, month=MARCH_1, reference=f"F {scheme}"
        )
    payroll.file_run(by=treasurer, at=CLOSED_AT, run_id=run_id)


def _decide(visits: Visits) -> None:
    """A new rule is voted, and the surplus of March is shared by a vote."""
    town, at = visits.place.town, CLOSED_AT
    pass_policy(town, "cooperative_share", {"percent": "16"}, date(2026, 6, 1), at)
    sharing = surplus.propose_sharing(by=visits.desk.treasurer, at=at, **MARCH)
    proposal = governance.propose(
        by=town.officer("board"), at=at, title="Share the surplus", reason="We earned it.",
        motion=NewMotion(act="share_surplus", payload={"sharing_id": str(sharing)}),
    )  # fmt: skip
    ballot = bring_to_vote(town, proposal, at)
    all_vote(town, proposal, ballot)
    governance.close_ballot(by=town.system, at=ballot.closes_at, proposal_id=proposal)
    governance.certify(
        by=town.officer("election_committee"), at=ballot.closes_at, proposal_id=proposal
    )


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def damage(*statements: str) -> str:
    """Go round every guard; the last statement returns the id of the row it damaged."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        row = cursor.fetchone()
        cursor.execute("SET session_replication_role = DEFAULT")
    assert row is not None, "the damage hit no row"
    return str(row[0])
