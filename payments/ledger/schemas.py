"""What the API of the books says. Amounts are major units as strings."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Schema

from coop.kernel import Money
from payments.ledger.types import AccountBalance, EntryDetail, Statement


class AmountOut(Schema):
    amount: str
    currency: str


class BalanceOut(Schema):
    account_id: UUID
    code: str
    owner_id: UUID | None
    kind: str
    balance: AmountOut


class PostingOut(Schema):
    account_id: UUID
    code: str
    owner_id: UUID | None
    amount: AmountOut


class EntryOut(Schema):
    id: UUID
    key: str
    kind: str
    memo: str
    at: datetime
    about_kind: str
    about_id: UUID | None
    reverses_id: UUID | None
    postings: list[PostingOut]


class LineOut(Schema):
    entry_id: UUID
    at: datetime
    memo: str
    amount: AmountOut
    running: AmountOut


class StatementOut(Schema):
    account: BalanceOut
    lines: list[LineOut]


def amount(money: Money) -> AmountOut:
    return AmountOut(amount=money.major(), currency=money.currency)


def balance(line: AccountBalance) -> BalanceOut:
    return BalanceOut(
        account_id=line.id, code=line.code, owner_id=line.owner_id, kind=line.kind.value,
        balance=amount(line.natural),
    )  # fmt: skip


def entry(found: EntryDetail) -> EntryOut:
    return EntryOut(
        id=found.id, key=found.key, kind=found.kind, memo=found.memo, at=found.at,
        about_kind=found.about[0] if found.about else "",
        about_id=found.about[1] if found.about else None, reverses_id=found.reverses_id,
        postings=[
            PostingOut(
                account_id=p.account_id, code=p.code, owner_id=p.owner_id, amount=amount(p.amount)
            )
            for p in found.postings
        ],
    )  # fmt: skip


def statement(found: Statement) -> StatementOut:
    return StatementOut(
        account=balance(found.account),
        lines=[
            LineOut(
                entry_id=x.entry_id, at=x.at, memo=x.memo, amount=amount(x.amount),
                running=amount(x.running),
            )
            for x in found.lines
        ],
    )  # fmt: skip
