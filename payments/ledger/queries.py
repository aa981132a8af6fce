"""Reading the books. Every figure can be followed down to its postings and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from coop.audit.types import Breach, Check, broken, check
from coop.kernel import Money, NotFound, again
from payments.ledger.models import Account, Entry, Posting
from payments.ledger.types import (
    AccountBalance,
    AccountKind,
    AccountRef,
    EntryDetail,
    PostingLine,
    Statement,
    StatementLine,
    TrialBalance,
)


def balances(
    *,
    cooperative_id: UUID,
    codes: Collection[str] = (),
    owner_id: UUID | None = None,
    starting_from: datetime | None = None,
    starting_before: datetime | None = None,
    without: Collection[str] = (),
) -> list[AccountBalance]:
    """Accounts and the sums of their postings in [from, before), by code; one query.

    A code with parts ("reserves") stands for all its parts. `without` leaves out kinds of entries.
    """
    rows = Account.objects.filter(cooperative_id=cooperative_id)
    if codes:
        wanted = Q(code__in=list(codes))
        for code in codes:
            wanted |= Q(code__startswith=f"{code}:")
        rows = rows.filter(wanted)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    counted = Q()
    if starting_from is not None:
        counted &= Q(postings__entry__at__gte=starting_from)
    if starting_before is not None:
        counted &= Q(postings__entry__at__lt=starting_before)
    if without:
        counted &= ~Q(postings__entry__kind__in=list(without))
    summed = (
        Sum("postings__amount_minor", filter=counted) if counted else Sum("postings__amount_minor")
    )
    return [_balance(row, row.minor) for row in _ordered(rows).annotate(minor=Coalesce(summed, 0))]


def _ordered(rows: QuerySet[Account]) -> QuerySet[Account]:
    return rows.order_by("code", "owner_id", "currency")


def _balance(row: Account, minor: int) -> AccountBalance:
    return AccountBalance(
        row.id, row.code, row.owner_id, AccountKind(row.kind), Money(int(minor), row.currency)
    )


def balance_of(
    *,
    cooperative_id: UUID,
    ref: AccountRef,
    currency: str,
    before: datetime | None = None,
    kinds: Collection[str] = (),
) -> Money:
    """The sum of one account, debits positive, of all or some kinds of entry; else nothing."""
    rows = Posting.objects.filter(
        cooperative_id=cooperative_id, account__code=ref.code, account__owner_id=ref.owner_id,
        currency=currency,
    )  # fmt: skip
    if before is not None:
        rows = rows.filter(entry__at__lt=before)
    if kinds:
        rows = rows.filter(entry__kind__in=list(kinds))
    return Money(int(rows.aggregate(s=Sum("amount_minor"))["s"] or 0), currency)


def statement(*, cooperative_id: UUID, account_id: UUID) -> Statement:
    """An account's postings, oldest first, with running balance. Raises `account_unknown`."""
    row = Account.objects.filter(cooperative_id=cooperative_id, id=account_id).first()
    if row is None:
        raise NotFound("account_unknown", "This account is not in the books.")
    sign = 1 if row.kind in (AccountKind.ASSET, AccountKind.EXPENSE) else -1
    running, lines = 0, []
    postings = row.postings.select_related("entry").order_by("entry__at", "id")
    for posting in postings:
        running += posting.amount_minor
        e = posting.entry
        lines.append(
            StatementLine(
                e.id, e.at, str(again(e.memo, e.facts)), e.kind,
                Money(sign * posting.amount_minor, row.currency),
                Money(sign * running, row.currency),
            )
        )  # fmt: skip
    return Statement(_balance(row, running), tuple(lines))


def entry(*, cooperative_id: UUID, entry_id: UUID) -> EntryDetail:
    """One entry with its postings. Raises NotFound `entry_unknown`."""
    rows = Entry.objects.filter(cooperative_id=cooperative_id, id=entry_id)
    row = rows.prefetch_related("postings__account").first()
    if row is None:
        raise NotFound("entry_unknown", "This entry is not in the books.")
    return _detail(row)


def entries_about(*, cooperative_id: UUID, about_id: UUID) -> list[EntryDetail]:
    """Every entry about one thing (a booking, a charge, a pay run), oldest first."""
    rows = Entry.objects.filter(cooperative_id=cooperative_id, about_id=about_id)
    return [_detail(row) for row in rows.prefetch_related("postings__account").order_by("at", "id")]


def entries(*, cooperative_id: UUID, last: int | None = 50, kind: str = "") -> list[EntryDetail]:
    """The newest entries, of all kinds or one, newest first; two queries."""
    rows = Entry.objects.filter(cooperative_id=cooperative_id).order_by("-at", "-id")
    if kind:
        rows = rows.filter(kind=kind)
    return [_detail(row) for row in rows.prefetch_related("postings__account")[:last]]


def _detail(row: Entry) -> EntryDetail:
    postings = sorted(row.postings.all(), key=lambda p: p.id)
    return EntryDetail(
        row.id, row.key, row.kind, str(again(row.memo, row.facts)),
        (row.about_kind, row.about_id) if row.about_id else None, row.at, row.by_id,
        row.reverses_id,
        tuple(
            PostingLine(p.account_id, p.account.code, p.account.owner_id,
                        Money(p.amount_minor, p.currency))
            for p in postings
        ),
    )  # fmt: skip


def trial_balance(*, cooperative_id: UUID, before: datetime | None = None) -> TrialBalance:
    """All accounts that ever moved, and both sides for each currency: they are equal."""
    lines = [
        line
        for line in balances(cooperative_id=cooperative_id, starting_before=before)
        if line.amount
    ]
    sides: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        sides[line.amount.currency][line.amount.minor < 0] += abs(line.amount.minor)
    totals = {c: (Money(debit, c), Money(credit, c)) for c, (debit, credit) in sides.items()}
    return TrialBalance(tuple(lines), totals)


def checks(*, cooperative_id: UUID) -> list[Check]:
    """I1: entries that do not balance or have no postings, and postings out of place; I6."""
    entries_ = Entry.objects.filter(cooperative_id=cooperative_id)
    postings = Posting.objects.filter(cooperative_id=cooperative_id)
    sums = postings.values("entry_id", "currency").annotate(s=Sum("amount_minor")).exclude(s=0)
    found: list[tuple[str, object]] = [
        (f"an entry is off by {Money(int(row['s']), row['currency'])}", row["entry_id"])
        for row in sums
    ]
    empty = entries_.filter(postings__isnull=True).values_list("id", flat=True)
    found += [("an entry has no postings", entry_id) for entry_id in empty]
    strays = postings.exclude(
        account__cooperative_id=cooperative_id, entry__cooperative_id=cooperative_id
    )
    found += [
        ("a posting crosses cooperatives", posting_id)
        for posting_id in strays.values_list("id", flat=True)
    ]
    mixed = postings.exclude(account__currency=F("currency")).values_list("id", flat=True)
    found += [("a posting has another currency than its account", id_) for id_ in mixed]
    return [check("I1", "entries", entries_.count(), found), _once(cooperative_id)]


def _once(cooperative_id: UUID) -> Check:
    """I6: an event is in the books once."""
    keys = Entry.objects.filter(cooperative_id=cooperative_id).values("key")
    twice = keys.annotate(times=Count("id")).filter(times__gt=1).values_list("key", flat=True)
    found = [("an event is in the books twice", key) for key in twice]
    return check("I6", "events in the books", keys.count(), found)


def breaches(*, cooperative_id: UUID) -> list[Breach]:
    return broken(checks(cooperative_id=cooperative_id))
