"""Which accounts a movement of money touches: debits positive, credits negative."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from coop.kernel import Money, total
from payments.charges.types import How, NewLine
from payments.ledger.types import AccountCode, AccountRef, Leg

_PURSE = {
    How.BANK: AccountCode.BANK,
    How.MOBILE_MONEY: AccountCode.BANK,
    How.CASH: AccountCode.CASH,
}


def _client(household_id: UUID) -> AccountRef:
    return AccountRef(AccountCode.CLIENT_RECEIVABLE, household_id)


def _income(code: str, funds: Collection[str]) -> AccountRef:
    """Where a line of the price is earned: tax is owed on, the rest is income.

    Transport and the employer's part for funds have accounts of their own, so that each can be
    held against what pay runs paid for it.
    """
    if code == "transport":
        return AccountRef(AccountCode.INCOME_TRANSPORT)
    if code in funds:
        return AccountRef(AccountCode.INCOME_CONTRIBUTIONS)
    if code.startswith("tax"):
        return AccountRef(AccountCode.TAX_PAYABLE)
    if code.startswith(("coop", "share", "cooperative")):
        return AccountRef(AccountCode.INCOME_COOP_SHARE)
    return AccountRef(AccountCode.INCOME_SERVICES)


def due_legs(
    household_id: UUID, due: Money, lines: Sequence[NewLine], funds: Collection[str] = ()
) -> list[Leg]:
    """The household owes `due`; a part of the price is spread over its lines in proportion.

    `funds` are the codes of the place's schemes.
    """
    sums: dict[AccountRef, Money] = {}
    for line in lines:
        where = _income(line.code, funds)
        sums[where] = sums.get(where, Money.zero(due.currency)) + line.amount
    accounts = [ref for ref, amount in sums.items() if amount.minor > 0]
    if due != total([line.amount for line in lines], due.currency):
        shares = due.share([sums[ref].minor for ref in accounts])
        sums = dict(zip(accounts, shares, strict=True))
    return [
        Leg(_client(household_id), due),
        *(Leg(ref, -amount) for ref, amount in sums.items() if amount),
    ]


def capture_legs(household_id: UUID, amount: Money) -> list[Leg]:
    clearing = AccountRef(AccountCode.CARD_CLEARING)
    return [Leg(clearing, amount), Leg(_client(household_id), -amount)]


def fee_legs(fee: Money) -> list[Leg]:
    cost, clearing = AccountCode.CARD_COST_EXPENSE, AccountCode.CARD_CLEARING
    return [Leg(AccountRef(cost), fee), Leg(AccountRef(clearing), -fee)]


def payout_legs(amount: Money) -> list[Leg]:
    bank, clearing = AccountCode.BANK, AccountCode.CARD_CLEARING
    return [Leg(AccountRef(bank), amount), Leg(AccountRef(clearing), -amount)]


def receipt_legs(household_id: UUID, how: How, amount: Money) -> list[Leg]:
    return [Leg(AccountRef(_PURSE[how]), amount), Leg(_client(household_id), -amount)]


def refund_legs(household_id: UUID, amount: Money, overpaid: Money, how: How | None) -> list[Leg]:
    """What was paid too much is the household's own. The rest the cooperative bears, and the work
    stays paid: an expense, never a smaller wage."""
    purse = AccountCode.CARD_CLEARING if how is None else _PURSE[how]
    own = min(amount, overpaid)
    legs = [
        Leg(_client(household_id), own),
        Leg(AccountRef(AccountCode.OTHER_EXPENSE), amount - own),
        Leg(AccountRef(purse), -amount),
    ]
    return [leg for leg in legs if leg.amount]
