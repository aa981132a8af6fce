"""The treasurer's books: balances, and from every figure down to its postings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from coop.kernel import Money, NotFound, total
from coop.members.access import needs, ref_of
from payments.ledger import queries
from payments.ledger.types import KIND_OF, AccountBalance, AccountCode, AccountKind, EntryDetail
from payments.ledger.views.titles import CODES, KINDS, account_title, entry_title, owners

READERS = ("treasurer", "auditor", "board")


@dataclass(frozen=True, slots=True)
class Row:
    """An account, or several of one kind, as a line of the page."""

    code: str
    title: str
    amount: Money
    count: int
    account_id: UUID | None


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: tuple[Row, ...]
    total: Money


@needs(*READERS)
def books(request: HttpRequest) -> HttpResponse:
    """Balances by kind, what stands out, and the newest entries."""
    ref = ref_of(request)
    trial = queries.trial_balance(cooperative_id=ref.cooperative_id)
    lines = [line for line in trial.lines if line.amount.currency == ref.currency]
    groups = [_group(kind, lines, ref.currency) for kind in AccountKind]
    sums = {row.code: row.amount for group in groups for row in group.rows}
    nothing = Money.zero(ref.currency)
    stats = [
        (CODES[code], sums.get(code, nothing), code)
        for code in (
            AccountCode.BANK, AccountCode.CLIENT_RECEIVABLE, AccountCode.WAGES_PAYABLE,
            AccountCode.CONTRIBUTIONS_PAYABLE,
        )
    ]  # fmt: skip
    debit, credit = trial.totals.get(ref.currency, (nothing, nothing))
    return render(
        request,
        "ledger/books.html",
        {
            "groups": [group for group in groups if group.rows],
            "stats": stats, "debit": debit, "credit": credit,
            "entries": _titled(queries.entries(cooperative_id=ref.cooperative_id, last=10)),
            "zone": ref.zone,
        },
    )  # fmt: skip


def _titled(entries: list[EntryDetail]) -> list[tuple[str, EntryDetail]]:
    return [(entry_title(entry.kind, entry.memo), entry) for entry in entries]


def _group(kind: AccountKind, lines: list[AccountBalance], currency: str) -> Group:
    by_code: dict[str, list[AccountBalance]] = defaultdict(list)
    for line in lines:
        if line.kind is kind:
            by_code[line.code.partition(":")[0]].append(line)
    rows = tuple(
        Row(
            code, str(CODES[AccountCode(code)]), total([a.natural for a in found], currency),
            len(found), found[0].id if len(found) == 1 else None,
        )
        for code, found in by_code.items()
    )  # fmt: skip
    return Group(str(KINDS[kind]), rows, total([row.amount for row in rows], currency))


@needs(*READERS)
def accounts(request: HttpRequest, code: str) -> HttpResponse:
    """The accounts under one heading, by owner or part."""
    ref = ref_of(request)
    if code not in set(AccountCode):
        raise NotFound("account_unknown", "This account is not in the books.")
    found = [
        line
        for line in queries.balances(cooperative_id=ref.cooperative_id, codes=[code])
        if line.amount.currency == ref.currency
    ]
    names = owners(ref, {line.owner_id for line in found if line.owner_id}, timezone.now())
    rows = sorted(
        (
            (account_title(line.code, names.get(line.owner_id, "") if line.owner_id else ""), line)
            for line in found
        ),
        key=lambda row: row[0],
    )
    context = {
        "title": CODES[AccountCode(code)],
        "kind": KINDS[KIND_OF[AccountCode(code)]],
        "rows": rows,
        "total": total([line.natural for line in found], ref.currency),
    }
    return render(request, "ledger/accounts.html", context)


@needs(*READERS)
def account(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """One account's postings with the balance after each, newest first."""
    ref = ref_of(request)
    found = queries.statement(cooperative_id=ref.cooperative_id, account_id=account_id)
    owner = found.account.owner_id
    names = owners(ref, {owner} if owner else set(), timezone.now())
    context = {
        "title": account_title(found.account.code, names.get(owner, "") if owner else ""),
        "code": found.account.code.partition(":")[0],
        "account": found.account,
        "lines": [(entry_title(x.kind, x.memo), x) for x in found.lines[::-1][:200]],
        "zone": ref.zone,
    }
    return render(request, "ledger/account.html", context)


@needs(*READERS)
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One entry with all its postings, which sum to nothing."""
    ref = ref_of(request)
    found = queries.entry(cooperative_id=ref.cooperative_id, entry_id=entry_id)
    ids = {line.owner_id for line in found.postings if line.owner_id}
    names = owners(ref, ids, timezone.now())
    rows = [
        (account_title(p.code, names.get(p.owner_id, "") if p.owner_id else ""), p)
        for p in found.postings
    ]
    about = found.about[1] if found.about else None
    related = (
        queries.entries_about(cooperative_id=ref.cooperative_id, about_id=about) if about else []
    )
    context = {
        "entry": found, "rows": rows, "zone": ref.zone,
        "title": entry_title(found.kind, found.memo),
        "related": _titled([other for other in related if other.id != found.id]),
    }  # fmt: skip
    return render(request, "ledger/entry.html", context)
