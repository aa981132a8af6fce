"""A household that pays: the real operations, the real outbox and the real sandbox process."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from coop.kernel import Money
from coop.members.types import MemberRef
from coop.outbox import operations as outbox
from payments.charges import operations, queries
from payments.charges.types import ChargeCard, NewLine, Rail
from tests.factories.people import Town, found_town, make_household
from tests.payments.sandbox.running import Letterbox, Running

_minutes = itertools.count(1)


def zar(minor: int) -> Money:
    return Money(minor, "ZAR")


LINES = [
    NewLine("wage", "Wage", zar(18_000)),
    NewLine("coop_share", "The cooperative's share", zar(1_500)),
    NewLine("tax", "Tax", zar(500)),
]


@dataclass
class Desk:
    """Handles of one cooperative with one household; `at` moves forward with every outbox run."""

    sandbox: Running
    box: Letterbox
    town: Town = field(default_factory=lambda: found_town())
    household: MemberRef = field(init=False)

    def __post_init__(self) -> None:
        self.household, _ = make_household(self.town)
        self.at = self.town.at

    @property
    def system(self) -> MemberRef:
        return self.town.system

    @property
    def treasurer(self) -> MemberRef:
        return self.town.officer("treasurer")

    @property
    def household_id(self) -> UUID:
        assert self.household.household_id is not None
        return self.household.household_id

    def run(self, minutes: int = 1) -> int:
        """Time passes and the outbox does what is due; how much it settled."""
        self.at += timedelta(minutes=minutes)
        return outbox.run_due(at=self.at)

    def card(self, method: str = "pm_card_visa") -> UUID:
        card = operations.save_card(
            by=self.household, at=self.at, household_id=self.household_id, method=method
        )
        self.run()
        return card

    def open(self, *, card: UUID | None = None) -> UUID:
        return operations.open_charge(
            by=self.system, at=self.at, booking_id=uuid4(), household_id=self.household_id,
            amount=zar(20_000), lines=LINES, rail=Rail.CARD if card else Rail.MANUAL,
            saved_card_id=card,
        )  # fmt: skip

    def held(self) -> UUID:
        charge = self.open(card=self.card())
        operations.hold(by=self.household, at=self.at, charge_id=charge)
        self.run()
        assert self.see(charge).state == "held"
        return charge

    def captured(self, minor: int = 20_000) -> UUID:
        charge = self.held()
        operations.collect(by=self.system, at=self.at, charge_id=charge, amount=zar(minor))
        self.run()
        assert self.see(charge).captured == zar(minor)
        return charge

    def see(self, charge: UUID) -> ChargeCard:
        return queries.charge(self.system, charge).card

    def fault(self, kind: str, path: str = "*", times: int = 1) -> None:
        self.sandbox.switch("/_test/faults", {"kind": kind, "path": path, "times": times})

    def effects(self, charge: UUID) -> list[tuple[str, int]]:
        """The provider's own journal of one charge."""
        lines: list[Any] = self.sandbox.switch("/_journal", method="GET")["effects"]
        return [
            (line["kind"], line["amount"])
            for line in lines
            if line["metadata"].get("charge") == str(charge)
        ]
