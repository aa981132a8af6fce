"""What the books and the hours say of a period: the question put to the waterfall."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from coop.hours import queries as hours
from coop.kernel import Money
from coop.law.types import Patron, Year
from coop.members import queries as members
from coop.members.types import VOTING_STATES, MemberCard
from payments.ledger import queries as ledger
from payments.ledger.types import AccountBalance, AccountCode, AccountKind

#: Entries that close a year say nothing of what was earned in it.
CLOSING = "surplus_closing"
_RESULT = (AccountKind.INCOME, AccountKind.EXPENSE)


def instants(starts_on: date, ends_on: date, zone: str) -> tuple[datetime, datetime]:
    """Days of the place as instants, half-open."""
    tz = ZoneInfo(zone)
    start = datetime.combine(starts_on, time(), tzinfo=tz).astimezone(UTC)
    return start, datetime.combine(ends_on, time(), tzinfo=tz).astimezone(UTC)


def results(
    *, cooperative_id: UUID, start: datetime, end: datetime, currency: str
) -> list[AccountBalance]:
    """Income and expense accounts that moved in the period."""
    return [
        line
        for line in ledger.balances(
            cooperative_id=cooperative_id, starting_from=start, starting_before=end,
            without=(CLOSING,),
        )
        if line.kind in _RESULT and line.amount and line.amount.currency == currency
    ]  # fmt: skip


def year_of(
    *, cooperative_id: UUID, starts_on: date, ends_on: date, zone: str, currency: str
) -> tuple[Year, list[MemberCard], dict[int, int]]:
    """The closed period, its members by number, and each one's paid seconds."""
    start, end = instants(starts_on, ends_on, zone)
    moved = results(cooperative_id=cooperative_id, start=start, end=end, currency=currency)
    surplus = Money(-sum(line.amount.minor for line in moved), currency)
    seconds = hours.paid_seconds_by_worker(
        cooperative_id=cooperative_id, starting_from=start, starting_before=end
    )
    patrons = [
        card
        for card in members.members(cooperative_id=cooperative_id)
        if card.state in VOTING_STATES
    ]
    worked = {
        card.number: max(0, seconds.get(card.worker_id, 0)) if card.worker_id else 0
        for card in patrons
    }
    everybody = sum(max(0, value) for value in seconds.values())
    outside = everybody - sum(worked.values())
    year = Year(
        surplus=surplus,
        losses_forward=_losses(cooperative_id, currency),
        reserve_to_rebuild=Money.zero(currency),
        non_member_share=Fraction(outside, everybody) if everybody else Fraction(0),
        reserve_balance=_sum(cooperative_id, [AccountCode.RESERVES], currency, end),
        net_assets=_net_assets(cooperative_id, currency, end),
        patrons=tuple(
            Patron(card.number, Fraction(worked[card.number]))
            for card in patrons
            if worked[card.number]
        ),
    )
    return year, patrons, worked


def _sum(cooperative_id: UUID, codes: list[str], currency: str, before: datetime) -> Money:
    lines = ledger.balances(cooperative_id=cooperative_id, codes=codes, starting_before=before)
    mine = [line.natural.minor for line in lines if line.amount.currency == currency]
    return Money(max(0, sum(mine)), currency)


def _losses(cooperative_id: UUID, currency: str) -> Money:
    """A debit on retained results is a loss brought forward."""
    lines = ledger.balances(cooperative_id=cooperative_id, codes=[AccountCode.RETAINED])
    minor = sum(line.amount.minor for line in lines if line.amount.currency == currency)
    return Money(max(0, minor), currency)


def _net_assets(cooperative_id: UUID, currency: str, before: datetime) -> Money:
    kinds = (AccountKind.ASSET, AccountKind.LIABILITY)
    lines = ledger.balances(cooperative_id=cooperative_id, starting_before=before)
    minor = sum(
        line.amount.minor
        for line in lines
        if line.kind in kinds and line.amount.currency == currency
    )
    return Money(max(0, minor), currency)
