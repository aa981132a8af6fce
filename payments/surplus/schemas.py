"""What the API of the surplus says. Amounts are major units as strings."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Schema

from coop.kernel import Money
from payments.surplus.types import ShareLine, SharingCard, SharingDetail


class AmountOut(Schema):
    amount: str
    currency: str


class PeriodIn(Schema):
    """Days of the place, the last not included."""

    starts_on: date
    ends_on: date


class IdOut(Schema):
    id: UUID


class SharingOut(Schema):
    id: UUID
    starts_on: date
    ends_on: date
    state: str
    surplus: AmountOut
    patronage: AmountOut
    decision_id: UUID | None


class AllotmentOut(Schema):
    fund: str
    name: str
    amount: AmountOut
    share: str
    rule: str
    facts: dict[str, Any]
    by_law: bool
    indivisible: bool


class ShareOut(Schema):
    membership_id: UUID
    number: int
    name: str
    paid_seconds: int
    amount: AmountOut
    cash: AmountOut
    capital: AmountOut


class DetailOut(Schema):
    sharing: SharingOut
    allotments: list[AllotmentOut]
    shares: list[ShareOut]
    flags: list[str]
    mine: ShareOut | None
    not_owed: AmountOut


def amount(money: Money) -> AmountOut:
    return AmountOut(amount=money.major(), currency=money.currency)


def sharing(card: SharingCard) -> SharingOut:
    return SharingOut(
        id=card.id, starts_on=card.starts_on, ends_on=card.ends_on, state=card.state.value,
        surplus=amount(card.surplus), patronage=amount(card.patronage),
        decision_id=card.decision_id,
    )  # fmt: skip


def share(line: ShareLine) -> ShareOut:
    return ShareOut(
        membership_id=line.membership_id, number=line.number, name=line.name,
        paid_seconds=line.seconds, amount=amount(line.amount), cash=amount(line.cash),
        capital=amount(line.capital),
    )  # fmt: skip


def detail(found: SharingDetail) -> DetailOut:
    return DetailOut(
        sharing=sharing(found.card),
        allotments=[
            AllotmentOut(
                fund=a.fund, name=_(a.name), amount=amount(a.amount), share=a.share,
                rule=str(a.rule), facts=a.rule.kept,
                by_law=a.by_law, indivisible=a.indivisible,
            )
            for a in found.allotments
        ],
        shares=[share(line) for line in found.shares],
        flags=[str(flag) for flag in found.flags],
        mine=share(found.mine) if found.mine else None,
        not_owed=amount(found.not_owed),
    )  # fmt: skip
