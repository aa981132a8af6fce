"""What accounts and entries are called on a page."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.members import queries as members
from coop.members.types import MemberRef
from payments.ledger.types import AccountCode, AccountKind

CODES = {
    AccountCode.CASH: gettext_lazy("Cash"),
    AccountCode.BANK: gettext_lazy("Bank"),
    AccountCode.CARD_CLEARING: gettext_lazy("Cards, on their way to the bank"),
    AccountCode.CLIENT_RECEIVABLE: gettext_lazy("Owed by households"),
    AccountCode.CLIENT_DEPOSITS: gettext_lazy("Paid ahead by households"),
    AccountCode.WAGES_PAYABLE: gettext_lazy("Wages owed"),
    AccountCode.CONTRIBUTIONS_PAYABLE: gettext_lazy("Owed to funds"),
    AccountCode.LEAVE_LIABILITY: gettext_lazy("Leave and benefits set aside"),
    AccountCode.TAX_PAYABLE: gettext_lazy("Tax owed"),
    AccountCode.PROVISIONS: gettext_lazy("Provisions"),
    AccountCode.PATRONAGE_PAYABLE: gettext_lazy("Surplus shares owed in cash"),
    AccountCode.MEMBER_CAPITAL: gettext_lazy("Members' capital accounts"),
    AccountCode.RETAINED: gettext_lazy("Results kept"),
    AccountCode.RESERVES: gettext_lazy("Reserves"),
    AccountCode.INCOME_SERVICES: gettext_lazy("Income from services"),
    AccountCode.INCOME_TRANSPORT: gettext_lazy("Transport charged to households"),
    AccountCode.INCOME_CONTRIBUTIONS: gettext_lazy("Set aside in prices for funds"),
    AccountCode.INCOME_COOP_SHARE: gettext_lazy("The cooperative's share"),
    AccountCode.INCOME_OTHER: gettext_lazy("Other income"),
    AccountCode.WAGE_EXPENSE: gettext_lazy("Wages"),
    AccountCode.ALLOWANCE_EXPENSE: gettext_lazy("Transport paid to workers"),
    AccountCode.EMPLOYER_CONTRIBUTION_EXPENSE: gettext_lazy("Employer's contributions"),
    AccountCode.LEAVE_EXPENSE: gettext_lazy("Leave and benefits earned"),
    AccountCode.CARD_COST_EXPENSE: gettext_lazy("Card costs"),
    AccountCode.OTHER_EXPENSE: gettext_lazy("Other costs"),
}
KINDS = {
    AccountKind.ASSET: gettext_lazy("What we have"),
    AccountKind.LIABILITY: gettext_lazy("What we owe"),
    AccountKind.EQUITY: gettext_lazy("What belongs to us all"),
    AccountKind.INCOME: gettext_lazy("What came in"),
    AccountKind.EXPENSE: gettext_lazy("What it cost"),
}

#: What a household's money does; other kinds say their own memo.
ENTRIES = {
    "due": gettext_lazy("A visit to pay"),
    "capture": gettext_lazy("Paid by card"),
    "card_fee": gettext_lazy("Card cost"),
    "payout": gettext_lazy("Card money came to the bank"),
    "receipt": gettext_lazy("Received by hand"),
    "refund": gettext_lazy("Given back"),
}


def entry_title(kind: str, memo: str) -> str:
    """An entry as people say it; a memo that only names the provider's ids says nothing."""
    known = kind in ENTRIES and memo.startswith(f"{kind} ")
    return str(ENTRIES[kind]) if known else memo


def account_title(code: str, owner: str = "") -> str:
    """ "Owed to funds: UIF", "Wages owed: Thandi": an account as people say it."""
    head, _colon, part = code.partition(":")
    title = str(CODES.get(AccountCode(head), head))
    more = part or owner
    return f"{title}: {more}" if more else title


def owners(ref: MemberRef, ids: set[UUID], at: datetime) -> dict[UUID, str]:
    """The names behind owners' accounts: workers, households, members; three queries."""
    if not ids:
        return {}
    coop = ref.cooperative_id
    names = {m.membership_id: m.name for m in members.members(cooperative_id=coop)}
    for worker in members.workers(cooperative_id=coop, on=at.date(), ids=list(ids)):
        names[worker.id] = worker.name
    for household in members.households(cooperative_id=coop, ids=list(ids)):
        names[household.id] = household.name
    return {id_: names.get(id_, _("somebody who left")) for id_ in ids}
