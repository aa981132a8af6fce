"""What crosses the ledger's door. A positive amount is a debit, a negative one a credit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from coop.kernel import BadInput, Money


class AccountKind(StrEnum):
    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"


class AccountCode(StrEnum):
    """The chart of accounts. Some are kept once for each owner: a worker, a household, a member."""

    CASH = "cash"
    BANK = "bank"
    CARD_CLEARING = "card_clearing"
    CLIENT_RECEIVABLE = "client_receivable"
    CLIENT_DEPOSITS = "client_deposits"
    WAGES_PAYABLE = "wages_payable"
    CONTRIBUTIONS_PAYABLE = "contributions_payable"
    LEAVE_LIABILITY = "leave_liability"
    TAX_PAYABLE = "tax_payable"
    PROVISIONS = "provisions"
    PATRONAGE_PAYABLE = "patronage_payable"
    MEMBER_CAPITAL = "member_capital"
    RETAINED = "retained"
    RESERVES = "reserves"
    INCOME_SERVICES = "income_services"
    INCOME_TRANSPORT = "income_transport"
    INCOME_CONTRIBUTIONS = "income_contributions"
    INCOME_COOP_SHARE = "income_coop_share"
    INCOME_OTHER = "income_other"
    WAGE_EXPENSE = "wage_expense"
    ALLOWANCE_EXPENSE = "allowance_expense"
    EMPLOYER_CONTRIBUTION_EXPENSE = "employer_contribution_expense"
    LEAVE_EXPENSE = "leave_expense"
    CARD_COST_EXPENSE = "card_cost_expense"
    OTHER_EXPENSE = "other_expense"


_A, _L, _Q, _I, _E = AccountKind
KIND_OF: dict[AccountCode, AccountKind] = {
    AccountCode.CASH: _A, AccountCode.BANK: _A, AccountCode.CARD_CLEARING: _A,
    AccountCode.CLIENT_RECEIVABLE: _A, AccountCode.CLIENT_DEPOSITS: _L,
    AccountCode.WAGES_PAYABLE: _L, AccountCode.CONTRIBUTIONS_PAYABLE: _L,
    AccountCode.LEAVE_LIABILITY: _L, AccountCode.TAX_PAYABLE: _L, AccountCode.PROVISIONS: _L,
    AccountCode.PATRONAGE_PAYABLE: _L, AccountCode.MEMBER_CAPITAL: _Q,
    AccountCode.RETAINED: _Q, AccountCode.RESERVES: _Q, AccountCode.INCOME_SERVICES: _I,
    AccountCode.INCOME_TRANSPORT: _I, AccountCode.INCOME_CONTRIBUTIONS: _I,
    AccountCode.INCOME_COOP_SHARE: _I,
    AccountCode.INCOME_OTHER: _I, AccountCode.WAGE_EXPENSE: _E,
    AccountCode.ALLOWANCE_EXPENSE: _E, AccountCode.EMPLOYER_CONTRIBUTION_EXPENSE: _E,
    AccountCode.LEAVE_EXPENSE: _E, AccountCode.CARD_COST_EXPENSE: _E,
    AccountCode.OTHER_EXPENSE: _E,
}  # fmt: skip

#: Kept for each owner; every other account has none.
OWNED = frozenset({
    AccountCode.CLIENT_RECEIVABLE, AccountCode.CLIENT_DEPOSITS, AccountCode.WAGES_PAYABLE,
    AccountCode.LEAVE_LIABILITY, AccountCode.PATRONAGE_PAYABLE, AccountCode.MEMBER_CAPITAL,
})  # fmt: skip

#: Kept for each part, written after a colon: contributions by scheme, reserves by name.
IN_PARTS = frozenset({AccountCode.CONTRIBUTIONS_PAYABLE, AccountCode.RESERVES})


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account by code and owner: `AccountRef("bank")`, `AccountRef("reserves:general")`."""

    code: str
    owner_id: UUID | None = None

    def __post_init__(self) -> None:
        base, part = self.base, self.part
        if (base in OWNED) != (self.owner_id is not None):
            raise BadInput(
                "account_owner", "The account %(which)s has a wrong or no owner.", which=self.code
            )
        if part and base not in IN_PARTS:
            raise BadInput(
                "account_unknown", "The account %(base)s is not kept in parts.", base=base
            )

    @property
    def base(self) -> AccountCode:
        head = self.code.partition(":")[0]
        try:
            return AccountCode(head)
        except ValueError as error:
            raise BadInput(
                "account_unknown", "There is no account called %(which)r.", which=self.code
            ) from error

    @property
    def part(self) -> str:
        return self.code.partition(":")[2]

    @property
    def kind(self) -> AccountKind:
        return KIND_OF[self.base]


def contributions_payable(scheme: str) -> AccountRef:
    """What is owed to one fund or office."""
    return AccountRef(f"{AccountCode.CONTRIBUTIONS_PAYABLE}:{scheme}")


@dataclass(frozen=True, slots=True)
class Leg:
    """One posting to be: a debit when positive, a credit when negative, never nothing."""

    account: AccountRef
    amount: Money


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """An account and the sum of its postings, debits positive; `natural` reads as people say it."""

    id: UUID
    code: str
    owner_id: UUID | None
    kind: AccountKind
    amount: Money

    @property
    def natural(self) -> Money:
        """What one has, owes, earned or spent: positive in the account's own direction."""
        debit = self.kind in (AccountKind.ASSET, AccountKind.EXPENSE)
        return self.amount if debit else -self.amount


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One posting of an account with the balance after it, both in the account's own direction."""

    entry_id: UUID
    at: datetime
    memo: str
    kind: str
    amount: Money
    running: Money


@dataclass(frozen=True, slots=True)
class Statement:
    account: AccountBalance
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True, slots=True)
class PostingLine:
    account_id: UUID
    code: str
    owner_id: UUID | None
    amount: Money


@dataclass(frozen=True, slots=True)
class EntryDetail:
    """One entry with all its postings; they sum to zero."""

    id: UUID
    key: str
    kind: str
    memo: str
    about: tuple[str, UUID] | None
    at: datetime
    by_id: UUID | None
    reverses_id: UUID | None
    postings: tuple[PostingLine, ...]


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """All balances and, for each currency, the sum of the debits and of the credits."""

    lines: tuple[AccountBalance, ...]
    totals: dict[str, tuple[Money, Money]]
